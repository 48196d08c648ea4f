-- AlterTable
ALTER TABLE "member" ADD COLUMN     "directly" BOOLEAN NOT NULL DEFAULT false;
