-- DropIndex
DROP INDEX "season_ends_at_idx";

-- Written by hand: every tick asks for seasons without a podium, and must not walk through all the old ones.
CREATE INDEX "season_open_idx" ON "season"("ends_at") WHERE "message" IS NULL;
-- A season waits for its open rounds: as many as there are teams, where a month ends in the middle of everybody's round.
CREATE INDEX "round_open_idx" ON "round"("team_id", "season") WHERE "state" IN ('due', 'posted');
