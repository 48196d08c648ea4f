-- A round knows the channel where it was posted; those that are there get that of their team.
ALTER TABLE "round" ADD COLUMN "channel" TEXT;
UPDATE "round" r SET "channel" = t."channel" FROM "team" t WHERE t."id" = r."team_id";
ALTER TABLE "round" ALTER COLUMN "channel" SET NOT NULL;
