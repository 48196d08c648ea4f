-- Since when a team is paused because its channel is gone.
ALTER TABLE "team" ADD COLUMN "gone_at" TIMESTAMPTZ(3);
