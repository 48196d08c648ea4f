-- AlterTable
ALTER TABLE "platform" ADD COLUMN     "greets_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "shown_card" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "shown_card_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "shown_card_at_idx" ON "shown_card"("at");

-- CreateIndex
CREATE INDEX "team_channel_idx" ON "team"("channel");

-- Few rounds are open at a time: where they are, whatever channel their team is in by now.
CREATE INDEX "round_open_channel_idx" ON "round"("channel") WHERE "state" = 'posted';
