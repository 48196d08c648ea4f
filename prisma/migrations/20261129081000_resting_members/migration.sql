-- DropIndex
DROP INDEX "standing_team_id_period_points_member_id_idx";

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "asked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "rests" TEXT;

-- AlterTable
ALTER TABLE "standing" ADD COLUMN     "rests" BOOLEAN NOT NULL DEFAULT false;

-- Written by hand: a report that says the same as an earlier one of the same person.
DELETE FROM "report" r USING "report" e
WHERE e."member_id" = r."member_id" AND e."question" = r."question" AND e."version" = r."version" AND e."reason" = r."reason" AND e."id" < r."id";

-- CreateIndex
CREATE UNIQUE INDEX "report_member_id_question_version_reason_key" ON "report"("member_id", "question", "version", "reason");

-- Written by hand: boards read those who do not rest, by the index alone.
CREATE INDEX "standing_board_idx" ON "standing"("team_id", "period", "points" DESC, "member_id") WHERE NOT "rests";

-- An answer brings a resting member back, whichever version of Cohort records it.
CREATE FUNCTION "membership_back"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."rests" := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER "membership_back" BEFORE UPDATE OF "answered" ON "membership"
FOR EACH ROW WHEN (OLD."rests" IS NOT NULL) EXECUTE FUNCTION "membership_back"();

-- Standings say it too, so that a board need not look at each membership.
CREATE FUNCTION "membership_rests"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "standing" SET "rests" = NEW."rests" IS NOT NULL WHERE "team_id" = NEW."team_id" AND "member_id" = NEW."member_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "membership_rests" AFTER UPDATE ON "membership"
FOR EACH ROW WHEN ((OLD."rests" IS NULL) <> (NEW."rests" IS NULL)) EXECUTE FUNCTION "membership_rests"();

-- Those who have not answered for ten rounds already.
UPDATE "membership" ms SET "rests" = 'quiet'
FROM "team" t CROSS JOIN LATERAL (
  SELECT r."date" FROM "round" r WHERE r."team_id" = t."id" AND r."state" = 'closed' ORDER BY r."date" DESC OFFSET 9 LIMIT 1) edge
WHERE ms."team_id" = t."id" AND ms."last" < edge."date";
