alter table "round_item" rename column "worth" to "max_points";
alter table "round_item" rename column "truth" to "key_version";
alter table "regrade" rename column "truth" to "key_version";
