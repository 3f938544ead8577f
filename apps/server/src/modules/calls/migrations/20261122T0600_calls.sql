-- Why: a visit is not a call: the visit's state lives here, rooms are disposable, and who was in them is only history.
create schema calls;
grant usage on schema calls to moinha_app;

create table calls.visit (
  id uuid primary key,
  -- a label of the module that opened it; never read here
  kind text not null check (length(kind) between 1 and 60),
  opened_at timestamptz not null,
  opened_by uuid,
  finished_at timestamptz,
  finished_by uuid,
  check (finished_at is null or finished_at >= opened_at)
);
create index visit_open on calls.visit (opened_at desc) where finished_at is null;

create table calls.member (
  visit_id uuid not null references calls.visit,
  person_id uuid not null,
  role text not null,
  -- as known when added: a room shows names to people who may not read each other's rows
  name text not null,
  guest_name text,
  may_finish boolean not null default false,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (visit_id, person_id)
);
create index member_person on calls.member (person_id, visit_id) where removed_at is null;

create table calls.ring (
  id uuid primary key,
  visit_id uuid not null references calls.visit,
  person_id uuid not null,
  from_person_id uuid not null,
  rung_at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  declined_at timestamptz,
  cancelled_at timestamptz,
  check (num_nonnulls(answered_at, declined_at, cancelled_at) <= 1)
);
create unique index ring_waiting on calls.ring (visit_id, person_id) where answered_at is null and declined_at is null and cancelled_at is null;
create index ring_person on calls.ring (person_id, rung_at desc);

-- History: no state of a visit is ever derived from a connection.
create table calls.participation (
  id bigint generated always as identity primary key,
  visit_id uuid not null references calls.visit,
  person_id uuid not null,
  -- one page load; entering again from the same page goes on with the same row
  peer uuid not null,
  device uuid not null,
  transport text not null check (transport in ('mesh', 'livekit')),
  joined_at timestamptz not null,
  left_at timestamptz,
  left_reason text check (left_reason in ('left', 'dropped', 'finished')),
  unique (visit_id, peer)
);
create index participation_person on calls.participation (visit_id, person_id);

grant select, insert, update on calls.visit, calls.member, calls.ring, calls.participation to moinha_app;

-- Is the actor (or somebody they act for) a member? Asked past the tables' own policies.
create function calls.is_member(visit uuid) returns boolean
language sql stable security definer set search_path = calls, pg_catalog
as $$ select exists (select from calls.member m where m.visit_id = visit and m.removed_at is null and m.person_id = any (platform.actor_people())) $$;
revoke execute on function calls.is_member(uuid) from public;
grant execute on function calls.is_member(uuid) to moinha_app;

-- The second wall: a member sees the visit and who is in it; only the system opens and finishes.
alter table calls.visit enable row level security;
alter table calls.visit force row level security;
create policy owner on calls.visit to current_user using (true) with check (true);
create policy system on calls.visit to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.visit for select to moinha_app using (calls.is_member(id));

alter table calls.member enable row level security;
alter table calls.member force row level security;
create policy owner on calls.member to current_user using (true) with check (true);
create policy system on calls.member to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.member for select to moinha_app using (calls.is_member(visit_id));

alter table calls.ring enable row level security;
alter table calls.ring force row level security;
create policy owner on calls.ring to current_user using (true) with check (true);
create policy system on calls.ring to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.ring for select to moinha_app using (calls.is_member(visit_id));

alter table calls.participation enable row level security;
alter table calls.participation force row level security;
create policy owner on calls.participation to current_user using (true) with check (true);
create policy system on calls.participation to moinha_app using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.participation for select to moinha_app using (calls.is_member(visit_id));
