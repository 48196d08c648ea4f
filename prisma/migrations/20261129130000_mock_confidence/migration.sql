-- AlterTable
ALTER TABLE "mock_item" ADD COLUMN     "confidence" TEXT;
