-- AlterTable
ALTER TABLE "round" ADD COLUMN     "retry_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "season" ADD COLUMN     "retry_at" TIMESTAMPTZ(3);
