-- Why: a page that left and came back an hour later had gone on with its row, so that its time away counted as time in
-- the room. Each stay has a row of its own now; a page is in a room once.
alter table calls.participation drop constraint participation_visit_id_peer_key;
create unique index participation_in on calls.participation (visit_id, peer) where left_at is null;
comment on table calls.participation is 'one stay of one page in a room';
