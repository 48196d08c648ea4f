-- AlterTable
ALTER TABLE "member" ADD COLUMN     "person_id" INTEGER;

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "exam_on" DATE,
    "exam_pack" TEXT,
    "goal" INTEGER NOT NULL DEFAULT 10,
    "counted_to" TIMESTAMPTZ(3),
    "counted" BIGINT[],
    "stale" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memory" (
    "person_id" INTEGER NOT NULL,
    "pack" TEXT NOT NULL,
    "concept" TEXT NOT NULL,
    "stability" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "last" TIMESTAMPTZ(3) NOT NULL,
    "reps" INTEGER NOT NULL,
    "lapses" INTEGER NOT NULL,
    "seen" JSONB NOT NULL,

    CONSTRAINT "memory_pkey" PRIMARY KEY ("person_id","pack","concept")
);

-- CreateIndex
CREATE INDEX "member_person_id_idx" ON "member"("person_id");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory" ADD CONSTRAINT "memory_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person goes with their last member, whoever deletes it; what a linked one remembers is made again.
CREATE FUNCTION leave_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM person p WHERE p.id = OLD.person_id AND NOT EXISTS (SELECT FROM member m WHERE m.person_id = p.id);
  UPDATE person SET stale = true WHERE id = OLD.person_id;
  RETURN NULL;
END $$;
CREATE TRIGGER member_leaves_person AFTER DELETE ON "member" FOR EACH ROW WHEN (OLD.person_id IS NOT NULL) EXECUTE FUNCTION leave_person();
