-- AlterTable
ALTER TABLE "team" ADD COLUMN     "exam" TEXT NOT NULL DEFAULT '';

-- Teams of before go on with the exam that there was, until an admin says otherwise.
UPDATE "team" SET "exam" = 'c01' WHERE "pack" = 'mla-c01';
