-- AlterTable
ALTER TABLE "member" ADD COLUMN     "zone" TEXT NOT NULL DEFAULT '';
