-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "member_id" INTEGER,
ALTER COLUMN "team_id" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: every delivery is of a team or of a member.
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_owner_check" CHECK ("team_id" IS NOT NULL OR "member_id" IS NOT NULL);
-- Few deliveries are of a member; these are deleted with them, exported, and looked at in the order of their keys.
CREATE INDEX "delivery_member_id_idx" ON "delivery"("member_id", "key") WHERE "member_id" IS NOT NULL;
