-- CreateIndex
CREATE INDEX "attempt_at_idx" ON "attempt" USING BRIN ("at");

-- Until now, whoever wrote to the bot directly on Discord without being known to a server had a workspace named after them. Now they share one.
INSERT INTO "workspace" ("platform", "external")
  SELECT DISTINCT 'discord', '@direct' FROM "workspace" WHERE "platform" = 'discord' AND "external" LIKE '@%'
  ON CONFLICT ("platform", "external") DO NOTHING;
UPDATE "member" m SET "workspace_id" = d."id"
  FROM "workspace" w, "workspace" d
  WHERE m."workspace_id" = w."id" AND w."platform" = 'discord' AND w."external" LIKE '@%' AND w."id" <> d."id"
    AND d."platform" = 'discord' AND d."external" = '@direct';
DELETE FROM "workspace" WHERE "platform" = 'discord' AND "external" LIKE '@%' AND "external" <> '@direct';
