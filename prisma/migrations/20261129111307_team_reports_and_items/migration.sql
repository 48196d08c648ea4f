-- AlterTable
ALTER TABLE "member" ADD COLUMN     "shares" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "round_item" ADD COLUMN     "report_week" TEXT;

-- CreateTable
CREATE TABLE "appeal" (
    "id" SERIAL NOT NULL,
    "member_id" INTEGER NOT NULL,
    "round_id" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,

    CONSTRAINT "appeal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_report" (
    "team_id" INTEGER NOT NULL,
    "week" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "members" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,

    CONSTRAINT "team_report_pkey" PRIMARY KEY ("team_id","week")
);

-- CreateTable
CREATE TABLE "shared_progress" (
    "team_id" INTEGER NOT NULL,
    "week" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,

    CONSTRAINT "shared_progress_pkey" PRIMARY KEY ("team_id","week","member_id")
);

-- CreateTable
CREATE TABLE "report_order" (
    "team_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "channel" TEXT,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_order_pkey" PRIMARY KEY ("team_id")
);

-- CreateTable
CREATE TABLE "ability" (
    "person_id" INTEGER NOT NULL,
    "pack" TEXT NOT NULL,
    "theta" DOUBLE PRECISION NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "ability_pkey" PRIMARY KEY ("person_id","pack")
);

-- CreateTable
CREATE TABLE "item_figure" (
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "item" INTEGER NOT NULL,
    "pack" TEXT NOT NULL,
    "d" DOUBLE PRECISION NOT NULL,
    "n" INTEGER NOT NULL,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "item_figure_pkey" PRIMARY KEY ("question","version","item")
);

-- CreateTable
CREATE TABLE "item_cursor" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "last" BIGINT NOT NULL DEFAULT 0,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "centred" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "item_cursor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appeal_round_id_slot_idx" ON "appeal"("round_id", "slot");

-- CreateIndex
CREATE INDEX "appeal_member_id_id_idx" ON "appeal"("member_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appeal_member_id_question_version_key" ON "appeal"("member_id", "question", "version");

-- CreateIndex
CREATE INDEX "team_report_at_idx" ON "team_report"("at");

-- CreateIndex
CREATE INDEX "shared_progress_member_id_idx" ON "shared_progress"("member_id");

-- CreateIndex
CREATE INDEX "report_order_next_at_idx" ON "report_order"("next_at");

-- CreateIndex
CREATE INDEX "report_order_user_id_idx" ON "report_order"("user_id");

-- CreateIndex
CREATE INDEX "item_figure_pack_idx" ON "item_figure"("pack");

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_round_id_slot_fkey" FOREIGN KEY ("round_id", "slot") REFERENCES "round_item"("round_id", "slot") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_report" ADD CONSTRAINT "team_report_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shared_progress" ADD CONSTRAINT "shared_progress_team_id_week_fkey" FOREIGN KEY ("team_id", "week") REFERENCES "team_report"("team_id", "week") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shared_progress" ADD CONSTRAINT "shared_progress_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_order" ADD CONSTRAINT "report_order_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ability" ADD CONSTRAINT "ability_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
