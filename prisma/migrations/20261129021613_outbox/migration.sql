-- Everything that the bot says by itself is a row of its own; what was due, held or put off stays so, under the keys that it had.
-- CreateTable
CREATE TABLE "delivery" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "team_id" INTEGER NOT NULL,
    "round_id" INTEGER,
    "data" JSONB NOT NULL DEFAULT '{}',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "lease_until" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "reason" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("key")
);

INSERT INTO "delivery" ("key", "kind", "platform", "team_id", "round_id", "due_at", "lease_until", "retry_at", "tries", "reason")
SELECT CASE r."state" WHEN 'due' THEN 'round-' ELSE 'reveal-' END || r."id", CASE r."state" WHEN 'due' THEN 'round' ELSE 'reveal' END,
  r."platform", r."team_id", r."id", CASE r."state" WHEN 'due' THEN r."due_at" ELSE r."closes_at" END, r."lease_until", r."retry_at", r."tries", r."reason"
FROM "round" r WHERE r."state" IN ('due', 'posted');

INSERT INTO "delivery" ("key", "kind", "platform", "team_id", "data", "due_at", "state", "lease_until", "retry_at", "tries", "message")
SELECT 'season-' || s."team_id" || '-' || s."key", 'podium', w."platform", s."team_id", jsonb_build_object('season', s."key"), s."ends_at",
  CASE WHEN s."message" IS NULL THEN 'due' ELSE 'sent' END, s."lease_until", s."retry_at", s."tries", s."message"
FROM "season" s JOIN "team" t ON t."id" = s."team_id" JOIN "workspace" w ON w."id" = t."workspace_id";

INSERT INTO "delivery" ("key", "kind", "platform", "team_id", "round_id", "data", "due_at", "lease_until", "retry_at", "tries")
SELECT 'regrade-' || n."id", 'notice', w."platform", n."team_id", n."round_id",
  jsonb_build_object('question', g."question", 'why', g."why", 'was', n."was", 'members', n."members", 'points', n."points"),
  g."at", n."lease_until", n."retry_at", n."tries"
FROM "notice" n JOIN "regrade" g ON g."id" = n."regrade_id" JOIN "team" t ON t."id" = n."team_id" JOIN "workspace" w ON w."id" = t."workspace_id"
WHERE n."message" IS NULL;

-- CreateIndex
CREATE INDEX "delivery_team_id_idx" ON "delivery"("team_id");

-- CreateIndex
CREATE INDEX "delivery_round_id_idx" ON "delivery"("round_id");

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: every tick asks for what is due, and must not walk through all that was sent.
CREATE INDEX "delivery_due_idx" ON "delivery"("due_at", "team_id", "key") WHERE "state" = 'due';
-- A round waits for the reveal of the one before.
CREATE INDEX "delivery_reveal_idx" ON "delivery"("team_id") WHERE "state" = 'due' AND "kind" = 'reveal';

-- DropIndex
DROP INDEX "round_state_closes_at_idx";

-- DropIndex
DROP INDEX "round_state_due_at_idx";

-- AlterTable
ALTER TABLE "round" DROP COLUMN "lease_until",
DROP COLUMN "platform",
DROP COLUMN "reason",
DROP COLUMN "retry_at",
DROP COLUMN "tries";

-- DropTable
DROP TABLE "notice";

-- DropTable
DROP TABLE "season";
