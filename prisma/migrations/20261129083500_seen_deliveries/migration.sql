-- CreateTable
CREATE TABLE "seen_delivery" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "seen_delivery_at_idx" ON "seen_delivery"("at");
