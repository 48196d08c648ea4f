-- CreateTable
CREATE TABLE "greeting" (
    "workspace_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "greeting_pkey" PRIMARY KEY ("workspace_id","channel")
);

-- CreateIndex
CREATE INDEX "greeting_next_try_at_idx" ON "greeting"("next_try_at");

-- AddForeignKey
ALTER TABLE "greeting" ADD CONSTRAINT "greeting_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
