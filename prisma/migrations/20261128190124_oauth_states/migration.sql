-- CreateTable
CREATE TABLE "oauth_state" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "oauth_state_at_idx" ON "oauth_state"("at");
