-- Why: who was heard and seen is what the media server says, not only what our own sockets say: a page whose line to
-- us broke may go on there. It tells each arrival and departure, and attendance is read off both. One row per arrival,
-- named by the media server, so that news that comes twice or in the wrong order changes nothing.
create table calls.media_presence (
  -- of the media server; a new one at every arrival
  sid text primary key check (length(sid) between 1 and 100),
  visit_id uuid not null references calls.visit,
  room_no int not null,
  person_id uuid not null,
  -- null while only the departure was heard of
  joined_at timestamptz,
  left_at timestamptz
);
create index media_presence_visit on calls.media_presence (visit_id);
grant select, insert, update on calls.media_presence to moinha_app;

-- News sent again, by the media server or by somebody who wrote it down on the way, is known by its id for as long as
-- its signature is good.
create table calls.media_event (
  id text primary key check (length(id) between 1 and 100),
  at timestamptz not null
);
create index media_event_at on calls.media_event (at);
grant select, insert, delete on calls.media_event to moinha_app;

-- Nobody but the house itself has to do with what media servers tell.
alter table calls.media_presence enable row level security;
alter table calls.media_presence force row level security;
create policy owner on calls.media_presence to current_user using (true) with check (true);
create policy system on calls.media_presence to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
alter table calls.media_event enable row level security;
alter table calls.media_event force row level security;
create policy owner on calls.media_event to current_user using (true) with check (true);
create policy system on calls.media_event to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
