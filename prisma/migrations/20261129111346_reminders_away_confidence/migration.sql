-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "confidence" TEXT;

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "rates" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "lost_at" TIMESTAMPTZ(3),
ADD COLUMN     "lost_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lost_last" DATE,
ADD COLUMN     "repaired_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "reminder" (
    "member_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "off" TEXT,
    "is_untold" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "away" (
    "member_id" INTEGER NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,

    CONSTRAINT "away_pkey" PRIMARY KEY ("member_id","from_on")
);

-- CreateIndex
CREATE INDEX "reminder_next_at_idx" ON "reminder"("next_at");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "away" ADD CONSTRAINT "away_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what the code takes for granted.
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_confidence_check" CHECK ("confidence" IN ('guess', 'think', 'sure'));
ALTER TABLE "away" ADD CONSTRAINT "away_order_check" CHECK ("from_on" <= "until_on");
