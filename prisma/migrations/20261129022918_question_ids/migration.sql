-- CreateTable
CREATE TABLE "question_id" (
    "id" TEXT NOT NULL,
    "pack" TEXT NOT NULL,
    "authored" TEXT NOT NULL,

    CONSTRAINT "question_id_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "question_id_pack_authored_key" ON "question_id"("pack", "authored");

-- Until now no two packs could have a question of one id, so each keeps its own.
INSERT INTO "question_id" ("id", "pack", "authored")
SELECT DISTINCT ON ("question") "question", "body"->>'pack', "question" FROM "question_version" WHERE "body" ? 'pack' ORDER BY "question", "number" DESC;

-- Where a question comes from stands in one place of it.
UPDATE "question_version"
SET "body" = ("body" - '{section,file,line,sources}'::text[]) || jsonb_build_object('origin', jsonb_build_object(
    'kind', 'file', 'section', "body"->'section', 'file', "body"->'file', 'line', "body"->'line',
    'sources', ("body"->'sources') - 'aws' || jsonb_build_object('documents', "body"->'sources'->'aws')))
WHERE "body" ? 'sources';
