-- Why: who sits in a room is known to every process, also when one of them is gone: seats are rows of the process that holds the socket.
create table calls.seat (
  visit_id uuid not null references calls.visit,
  socket_id text not null,
  process_id uuid not null,
  peer uuid not null,
  device uuid not null,
  person_id uuid not null,
  name text not null,
  role text not null,
  transport text not null check (transport in ('mesh', 'livekit')),
  seated_at timestamptz not null,
  primary key (visit_id, socket_id)
);
create index seat_process on calls.seat (process_id);
grant select, insert, delete on calls.seat to moinha_app;

alter table calls.seat enable row level security;
alter table calls.seat force row level security;
create policy owner on calls.seat to current_user using (true) with check (true);
create policy system on calls.seat to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.seat for select to moinha_app using (calls.is_member(visit_id));
