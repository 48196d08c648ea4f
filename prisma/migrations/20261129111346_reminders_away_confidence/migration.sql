-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "confidence" TEXT;

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "rates" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "lost_at" TIMESTAMPTZ(3),
ADD COLUMN     "lost_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lost_last" DATE,
ADD COLUMN     "repaired_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "reminder" (
    "member_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "off" TEXT,
    "is_untold" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "away" (
    "member_id" INTEGER NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,

    CONSTRAINT "away_pkey" PRIMARY KEY ("member_id","from_on")
);

-- CreateIndex
CREATE INDEX "reminder_next_at_idx" ON "reminder"("next_at");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "away" ADD CONSTRAINT "away_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what the code takes for granted.
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_confidence_check" CHECK ("confidence" IN ('guess', 'think', 'sure'));
ALTER TABLE "away" ADD CONSTRAINT "away_order_check" CHECK ("from_on" <= "until_on");

-- Rounds between two dates that are no scheduled days for a member. A function of its own, so that an answer
-- pays for it only when a day was missed.
CREATE FUNCTION "away_rounds"("of_member" INTEGER, "of_team" INTEGER, "after" DATE, "before" DATE) RETURNS BIGINT LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT count(*) FROM "round" r
    WHERE r."team_id" = "of_team" AND r."date" > "after" AND r."date" < "before" AND r."state" <> 'skipped'
      AND EXISTS (SELECT FROM "away" a WHERE a."member_id" = "of_member" AND r."date" BETWEEN a."from_on" AND a."until_on"));
END $$;

-- An answer that begins a streak anew keeps the one before, of two days or more, for its repair, whichever
-- version of Cohort records it: its days, its last date, and the close of the round that no freeze covered.
CREATE FUNCTION "membership_broken"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."lost_days" := OLD."days";
  NEW."lost_last" := OLD."last";
  NEW."lost_at" := (SELECT r."closes_at" FROM "round" r
    WHERE r."team_id" = NEW."team_id" AND r."date" > OLD."last" AND r."date" < NEW."last" AND r."state" <> 'skipped'
      AND NOT EXISTS (SELECT FROM "away" a WHERE a."member_id" = NEW."member_id" AND r."date" BETWEEN a."from_on" AND a."until_on")
    ORDER BY r."date" OFFSET OLD."freezes" LIMIT 1);
  RETURN NEW;
END $$;
CREATE TRIGGER "membership_broken" BEFORE UPDATE OF "days" ON "membership"
FOR EACH ROW WHEN (NEW."days" = 1 AND OLD."days" >= 2 AND NEW."last" > OLD."last") EXECUTE FUNCTION "membership_broken"();
