-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "known" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "question_id" ADD COLUMN     "team_id" INTEGER;

-- AlterTable
ALTER TABLE "question_version" ADD COLUMN     "team_id" INTEGER;

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "lead_approves" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "team_question" (
    "id" SERIAL NOT NULL,
    "team_id" INTEGER NOT NULL,
    "member_id" INTEGER,
    "pack" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'review',
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_from_notes" BOOLEAN NOT NULL DEFAULT false,
    "question" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "credited_in" TEXT,
    "stamp" BIGINT NOT NULL DEFAULT 0,
    "hash_key" TEXT NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "team_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_question_version" (
    "question_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "member_id" INTEGER,
    "content" JSONB NOT NULL,
    "asked_as" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_question_version_pkey" PRIMARY KEY ("question_id","version")
);

-- CreateTable
CREATE TABLE "team_question_review" (
    "question_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_question_review_pkey" PRIMARY KEY ("question_id","version","member_id")
);

-- CreateTable
CREATE TABLE "question_knower" (
    "question_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,

    CONSTRAINT "question_knower_pkey" PRIMARY KEY ("question_id","member_id")
);

-- CreateTable
CREATE TABLE "gone_writer" (
    "question_id" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "gone_writer_pkey" PRIMARY KEY ("question_id","hash")
);

-- CreateTable
CREATE TABLE "message_ask" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "is_allowed" BOOLEAN,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_ask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "n" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "question_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "message_ask_expires_at_idx" ON "message_ask"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_ask_workspace_id_user_id_author_hash_key" ON "message_ask"("workspace_id", "user_id", "author", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "team_question_question_key" ON "team_question"("question");

-- CreateIndex
CREATE INDEX "team_question_team_id_state_idx" ON "team_question"("team_id", "state");

-- CreateIndex
CREATE INDEX "team_question_member_id_idx" ON "team_question"("member_id");

-- CreateIndex
CREATE INDEX "team_question_state_idx" ON "team_question"("state");

-- CreateIndex
CREATE INDEX "team_question_stamp_idx" ON "team_question"("stamp");

-- CreateIndex
CREATE INDEX "team_question_version_member_id_idx" ON "team_question_version"("member_id");

-- CreateIndex
CREATE INDEX "team_question_review_member_id_idx" ON "team_question_review"("member_id");

-- CreateIndex
CREATE INDEX "question_knower_member_id_idx" ON "question_knower"("member_id");

-- CreateIndex
CREATE INDEX "question_id_team_id_idx" ON "question_id"("team_id");

-- CreateIndex
CREATE INDEX "question_version_team_id_idx" ON "question_version"("team_id");

-- AddForeignKey
ALTER TABLE "question_version" ADD CONSTRAINT "question_version_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_id" ADD CONSTRAINT "question_id_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question" ADD CONSTRAINT "team_question_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question" ADD CONSTRAINT "team_question_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question_version" ADD CONSTRAINT "team_question_version_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "team_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question_version" ADD CONSTRAINT "team_question_version_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question_review" ADD CONSTRAINT "team_question_review_question_id_version_fkey" FOREIGN KEY ("question_id", "version") REFERENCES "team_question_version"("question_id", "version") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_question_review" ADD CONSTRAINT "team_question_review_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_knower" ADD CONSTRAINT "question_knower_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "team_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_knower" ADD CONSTRAINT "question_knower_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gone_writer" ADD CONSTRAINT "gone_writer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "team_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_ask" ADD CONSTRAINT "message_ask_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what the code takes for granted.
ALTER TABLE "team_question" ADD CONSTRAINT "team_question_state_check" CHECK ("state" IN ('draft', 'review', 'approved', 'changed', 'rejected', 'retired'));
ALTER TABLE "team_question_review" ADD CONSTRAINT "team_question_review_decision_check" CHECK ("decision" IN ('approved', 'rejected'));

-- Every change of a question gets a higher number than all before it: the row of the clock is held until the
-- change is there for everybody, so that whoever reads up to a number has seen all below it.
CREATE FUNCTION "team_question_stamp"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A copy of a database brings its numbers along, and its clock.
  IF TG_OP = 'INSERT' AND NEW."stamp" > 0 THEN
    RETURN NEW;
  END IF;
  INSERT INTO "question_clock" AS c ("id", "n") VALUES (1, 1)
    ON CONFLICT ("id") DO UPDATE SET "n" = c."n" + 1 RETURNING c."n" INTO NEW."stamp";
  RETURN NEW;
END $$;
CREATE TRIGGER "team_question_stamp" BEFORE INSERT OR UPDATE ON "team_question"
  FOR EACH ROW EXECUTE FUNCTION "team_question_stamp"();

-- The names beside a question are those of today: one that changes, is hidden or is deleted changes the question.
CREATE FUNCTION "member_of_questions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "team_question" SET "stamp" = "stamp"
    WHERE "state" = 'approved' AND "id" IN (SELECT k."question_id" FROM "question_knower" k WHERE k."member_id" = NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "member_of_questions" AFTER UPDATE OF "name", "hidden" ON "member"
  FOR EACH ROW WHEN (OLD."name" <> NEW."name" OR OLD."hidden" <> NEW."hidden") EXECUTE FUNCTION "member_of_questions"();

CREATE FUNCTION "name_of_question_gone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "team_question" SET "stamp" = "stamp" WHERE "state" = 'approved' AND "id" = OLD."question_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "name_of_question_gone" AFTER DELETE ON "team_question_review"
  FOR EACH ROW EXECUTE FUNCTION "name_of_question_gone"();
CREATE TRIGGER "name_of_question_gone" AFTER UPDATE OF "member_id" ON "team_question_version"
  FOR EACH ROW EXECUTE FUNCTION "name_of_question_gone"();
