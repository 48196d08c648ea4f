-- CreateTable
CREATE TABLE "form_draft" (
    "id" TEXT NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "shown" JSONB NOT NULL,
    "given" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "form_draft_workspace_id_user_id_idx" ON "form_draft"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "form_draft_expires_at_idx" ON "form_draft"("expires_at");

-- AddForeignKey
ALTER TABLE "form_draft" ADD CONSTRAINT "form_draft_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
