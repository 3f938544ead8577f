-- Why: a room of a hundred needs order: who may come in at once and who waits at the door, who asked to speak and since
-- when, whether the floor is open to all, and which one page shows a screen to everybody.
alter table calls.visit
  add column lobby boolean not null default false,
  add column participant_limit int check (participant_limit between 2 and 1000),
  add column floor_closed boolean not null default false,
  -- the page that shows; free again when that page is not in the room
  add column presenter_peer uuid;

-- On the member and not on the page in the room: a line that breaks lowers no hand, and who was let in may return.
alter table calls.member
  add column hand_raised_at timestamptz,
  -- since when they wait, and when their page last said so
  add column waits_since timestamptz,
  add column knocked_at timestamptz,
  add column admitted_at timestamptz;
create index member_waiting on calls.member (visit_id, knocked_at) where knocked_at is not null and admitted_at is null;
