-- CreateTable
CREATE TABLE "workspace" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "external" TEXT NOT NULL,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pack" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "days" INTEGER[],
    "open_hours" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "topics" TEXT[],
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "admin" TEXT NOT NULL,
    "next_post_at" TIMESTAMPTZ(3),
    "failing_at" TIMESTAMPTZ(3),

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "team_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "days" INTEGER NOT NULL DEFAULT 0,
    "best" INTEGER NOT NULL DEFAULT 0,
    "freezes" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "last" DATE,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("team_id","member_id")
);

-- CreateTable
CREATE TABLE "round" (
    "id" SERIAL NOT NULL,
    "team_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "season" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "lease_until" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "reveal" TEXT,
    "reason" TEXT,

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round_item" (
    "round_id" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "item" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "worth" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "correct" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "round_item_pkey" PRIMARY KEY ("round_id","slot")
);

-- CreateTable
CREATE TABLE "question_version" (
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "question_version_pkey" PRIMARY KEY ("question","version")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "member_id" INTEGER NOT NULL,
    "round_id" INTEGER,
    "slot" INTEGER,
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "item" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "correct" BOOLEAN NOT NULL,
    "points" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing" (
    "team_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,

    CONSTRAINT "standing_pkey" PRIMARY KEY ("team_id","period","member_id")
);

-- CreateTable
CREATE TABLE "season" (
    "team_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,

    CONSTRAINT "season_pkey" PRIMARY KEY ("team_id","key")
);

-- CreateTable
CREATE TABLE "report" (
    "id" SERIAL NOT NULL,
    "member_id" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "web_message" (
    "id" SERIAL NOT NULL,
    "workspace" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "user_id" TEXT,
    "author" TEXT NOT NULL,
    "key" TEXT,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "web_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_platform_external_key" ON "workspace"("platform", "external");

-- CreateIndex
CREATE INDEX "team_next_post_at_idx" ON "team"("next_post_at");

-- CreateIndex
CREATE UNIQUE INDEX "team_workspace_id_channel_key" ON "team"("workspace_id", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_user_id_key" ON "member"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "membership_member_id_idx" ON "membership"("member_id");

-- CreateIndex
CREATE INDEX "round_state_due_at_idx" ON "round"("state", "due_at");

-- CreateIndex
CREATE INDEX "round_state_closes_at_idx" ON "round"("state", "closes_at");

-- CreateIndex
CREATE UNIQUE INDEX "round_team_id_date_key" ON "round"("team_id", "date");

-- CreateIndex
CREATE INDEX "attempt_member_id_at_idx" ON "attempt"("member_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_round_id_slot_member_id_key" ON "attempt"("round_id", "slot", "member_id");

-- CreateIndex
CREATE INDEX "standing_team_id_period_points_member_id_idx" ON "standing"("team_id", "period", "points" DESC, "member_id");

-- CreateIndex
CREATE INDEX "standing_member_id_idx" ON "standing"("member_id");

-- CreateIndex
CREATE INDEX "season_ends_at_idx" ON "season"("ends_at");

-- CreateIndex
CREATE INDEX "report_member_id_idx" ON "report"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "web_message_workspace_channel_key_key" ON "web_message"("workspace", "channel", "key");

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_item" ADD CONSTRAINT "round_item_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_round_id_slot_fkey" FOREIGN KEY ("round_id", "slot") REFERENCES "round_item"("round_id", "slot") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing" ADD CONSTRAINT "standing_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing" ADD CONSTRAINT "standing_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season" ADD CONSTRAINT "season_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what schema.prisma cannot say.
CREATE UNIQUE INDEX "attempt_practice_key" ON "attempt"("member_id", "question", "seed", "item") WHERE "round_id" IS NULL;
ALTER TABLE "round" ADD CONSTRAINT "round_state_check" CHECK ("state" IN ('due', 'posted', 'closed', 'skipped'));
