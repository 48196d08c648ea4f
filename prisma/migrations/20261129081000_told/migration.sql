-- AlterTable
ALTER TABLE "member" ADD COLUMN     "mentioned" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "mention" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "thread" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "team_admin" (
    "team_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_admin_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateIndex
CREATE INDEX "team_admin_user_id_idx" ON "team_admin"("user_id");

-- AddForeignKey
ALTER TABLE "team_admin" ADD CONSTRAINT "team_admin_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who set a team up so far.
INSERT INTO "team_admin" ("team_id", "user_id", "at") SELECT "id", "admin", now() FROM "team" WHERE "admin" <> '';
