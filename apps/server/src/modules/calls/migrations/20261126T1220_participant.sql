-- Why: who is in a room has a name in the field, LiveKit's participant; "seat" was ours alone. Rows, rights and
-- policies stay as they are.
alter table calls.seat rename to participant;
alter table calls.participant rename column seated_at to joined_at;
select platform.rename_prefix('calls.participant', 'seat', 'participant');
