-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "missing_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "missing_on" DATE,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "platform" (
    "name" TEXT NOT NULL,
    "application" TEXT,
    "client" TEXT,
    "purged_on" DATE,
    "purged" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "platform_pkey" PRIMARY KEY ("name")
);

-- The few that nothing is done for, so that a claim finds them without looking at the others.
CREATE INDEX "workspace_off" ON "workspace" ("id") WHERE "removed_at" IS NOT NULL OR "paused_at" IS NOT NULL;
