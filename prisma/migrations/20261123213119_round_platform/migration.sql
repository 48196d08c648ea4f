-- A round knows its platform; those that are there get that of their workspace.
ALTER TABLE "round" ADD COLUMN "platform" TEXT;
UPDATE "round" r SET "platform" = w."platform" FROM "team" t JOIN "workspace" w ON w."id" = t."workspace_id" WHERE t."id" = r."team_id";
ALTER TABLE "round" ALTER COLUMN "platform" SET NOT NULL;
