-- AlterTable
ALTER TABLE "team_question" ADD COLUMN     "draft" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "team_question_team_id_pack_draft_key" ON "team_question"("team_id", "pack", "draft");
