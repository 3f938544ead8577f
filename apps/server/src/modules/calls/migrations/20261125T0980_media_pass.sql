-- Why: a media server lets in whoever holds its token and knows nothing of our sessions. Each token given out is a pass, so that the end of the right
-- behind it can be seen and its holder shown out of the room there too.
-- The media server hands everybody it let in a further token, which opens the same room again; a room left behind by somebody who came back with one
-- is followed by another.
alter table calls.visit add column media_room_no int not null default 0;

create table calls.media_pass (
  id uuid primary key,
  visit_id uuid not null references calls.visit,
  -- the chair: the holder, or somebody they act for
  person_id uuid not null,
  holder_id uuid not null,
  session_id uuid not null,
  issued_at timestamptz not null,
  void_at timestamptz,
  -- until when a token of this pass may still open the room; null: none does
  watched_until timestamptz,
  -- how often the holder was found in the room after the pass was void
  found_times int not null default 0,
  looked_at timestamptz,
  check (watched_until is null or void_at is not null)
);
create unique index media_pass_valid on calls.media_pass (visit_id, session_id, person_id) where void_at is null;
create index media_pass_holder on calls.media_pass (holder_id) where void_at is null;
create index media_pass_watched on calls.media_pass (watched_until) where watched_until is not null;
grant select, insert, update, delete on calls.media_pass to moinha_app;

-- Nobody but the house itself has to do with passes.
alter table calls.media_pass enable row level security;
alter table calls.media_pass force row level security;
create policy owner on calls.media_pass to current_user using (true) with check (true);
create policy system on calls.media_pass to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
