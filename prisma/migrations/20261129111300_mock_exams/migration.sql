-- CreateTable
CREATE TABLE "mock_exam" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "pack" TEXT NOT NULL,
    "exam" TEXT NOT NULL,
    "length" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "handed_in_at" TIMESTAMPTZ(3),
    "place" INTEGER NOT NULL DEFAULT 0,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3),

    CONSTRAINT "mock_exam_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mock_item" (
    "exam_id" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "item" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "domain" INTEGER,
    "answer" TEXT,
    "flagged" BOOLEAN NOT NULL DEFAULT false,
    "spent_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mock_item_pkey" PRIMARY KEY ("exam_id","place")
);

-- CreateIndex
CREATE INDEX "mock_exam_person_id_started_at_idx" ON "mock_exam"("person_id", "started_at");

-- CreateIndex
CREATE INDEX "mock_exam_member_id_id_idx" ON "mock_exam"("member_id", "id");

-- CreateIndex
CREATE INDEX "mock_exam_started_at_idx" ON "mock_exam"("started_at");

-- AddForeignKey
ALTER TABLE "mock_exam" ADD CONSTRAINT "mock_exam_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mock_exam" ADD CONSTRAINT "mock_exam_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mock_item" ADD CONSTRAINT "mock_item_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "mock_exam"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: a person has one at a time, and every tick asks for those whose time is over.
CREATE UNIQUE INDEX "mock_exam_running_key" ON "mock_exam"("person_id") WHERE "handed_in_at" IS NULL;
CREATE INDEX "mock_exam_due_idx" ON "mock_exam"("ends_at") WHERE "handed_in_at" IS NULL;
