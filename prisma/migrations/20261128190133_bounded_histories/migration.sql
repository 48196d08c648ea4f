-- DropIndex
DROP INDEX "attempt_member_id_at_idx";

-- DropIndex
DROP INDEX "report_member_id_idx";

-- CreateIndex
CREATE INDEX "attempt_member_id_at_id_idx" ON "attempt"("member_id", "at", "id");

-- CreateIndex
CREATE INDEX "report_member_id_id_idx" ON "report"("member_id", "id");

-- CreateIndex
CREATE INDEX "web_message_workspace_channel_user_id_id_idx" ON "web_message"("workspace", "channel", "user_id", "id");

-- The local web chat keeps no exports any more: the message stays, without what was in its file.
UPDATE "web_message" SET "body" = jsonb_set("body", '{card,blocks}', (
    SELECT jsonb_agg(CASE WHEN "block"->>'kind' = 'file' THEN "block" - 'content' ELSE "block" END ORDER BY "n")
    FROM jsonb_array_elements("body"->'card'->'blocks') WITH ORDINALITY AS "blocks"("block", "n")))
WHERE jsonb_path_exists("body", '$.card.blocks[*] ? (@.kind == "file")');
