-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");
