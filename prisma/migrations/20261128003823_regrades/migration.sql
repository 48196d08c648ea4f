-- AlterTable
ALTER TABLE "round_item" ADD COLUMN     "truth" TEXT;

-- CreateTable
CREATE TABLE "regrade" (
    "id" SERIAL NOT NULL,
    "question" TEXT NOT NULL,
    "versions" TEXT[],
    "truth" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rounds" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,

    CONSTRAINT "regrade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" SERIAL NOT NULL,
    "regrade_id" INTEGER NOT NULL,
    "team_id" INTEGER NOT NULL,
    "round_id" INTEGER NOT NULL,
    "was" JSONB NOT NULL,
    "members" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_team_id_idx" ON "notice"("team_id");

-- CreateIndex
CREATE INDEX "notice_round_id_idx" ON "notice"("round_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_regrade_id_team_id_key" ON "notice"("regrade_id", "team_id");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_regrade_id_fkey" FOREIGN KEY ("regrade_id") REFERENCES "regrade"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: every tick asks for notices that nobody has posted yet.
CREATE INDEX "notice_open_idx" ON "notice"("id") WHERE "message" IS NULL;
