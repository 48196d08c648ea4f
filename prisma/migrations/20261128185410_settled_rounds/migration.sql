-- AlterTable
ALTER TABLE "question_version" ADD COLUMN     "number" SERIAL NOT NULL;

-- AlterTable
ALTER TABLE "round" ADD COLUMN     "hash_key" TEXT DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "round_item" ADD COLUMN     "settled" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "spent_answer" (
    "round_id" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "spent_answer_pkey" PRIMARY KEY ("round_id","slot","hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "question_version_number_key" ON "question_version"("number");

-- AddForeignKey
ALTER TABLE "spent_answer" ADD CONSTRAINT "spent_answer_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what is over stands on the boards already, and what is open is taken out of them until its close.
UPDATE "round" SET "hash_key" = NULL WHERE "state" IN ('closed', 'skipped');
UPDATE "round_item" i SET "settled" = true FROM "round" r WHERE r."id" = i."round_id" AND r."state" IN ('closed', 'skipped');
UPDATE "standing" s SET "points" = s."points" - o."points", "answered" = s."answered" - o."answered", "correct" = s."correct" - o."correct"
FROM (
  SELECT r."team_id", p."period", a."member_id", sum(a."points")::int AS "points", count(*)::int AS "answered",
    (count(*) FILTER (WHERE a."correct"))::int AS "correct"
  FROM "round" r JOIN "attempt" a ON a."round_id" = r."id" CROSS JOIN LATERAL unnest(ARRAY['all', r."season", r."week"]) AS p("period")
  WHERE r."state" IN ('due', 'posted') GROUP BY 1, 2, 3) o
WHERE s."team_id" = o."team_id" AND s."period" = o."period" AND s."member_id" = o."member_id";
DELETE FROM "standing" WHERE "answered" <= 0;

-- Written by hand: the open rounds of a team are few among hundreds.
CREATE INDEX "round_team_open_idx" ON "round"("team_id") WHERE "state" IN ('due', 'posted');
