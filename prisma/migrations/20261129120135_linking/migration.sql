-- CreateTable
CREATE TABLE "linking" (
    "member_id" INTEGER NOT NULL,
    "salt" BYTEA,
    "hash" BYTEA,
    "expires_at" TIMESTAMPTZ(3),
    "other_id" INTEGER,
    "agreed_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "tries_until" TIMESTAMPTZ(3),

    CONSTRAINT "linking_pkey" PRIMARY KEY ("member_id")
);

-- CreateIndex
CREATE INDEX "linking_other_id_idx" ON "linking"("other_id");

-- AddForeignKey
ALTER TABLE "linking" ADD CONSTRAINT "linking_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "linking" ADD CONSTRAINT "linking_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
