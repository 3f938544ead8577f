-- Why: the right doctor is found by who is on duty, in which order, and whether a page of theirs is really open.
create schema roster;

create table roster.shift (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  -- null: the duty lead of the whole unit
  specialty text references facilities.specialty,
  person_id uuid not null references identity.person,
  role text not null check (role in ('on_duty', 'backup', 'lead')),
  rank int not null default 1 check (rank between 1 and 20),
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during) and upper(during) - lower(during) <= interval '48 hours'),
  note text not null default '',
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  check ((role = 'lead') = (specialty is null)),
  -- nobody is on duty in two places (REQ-TELE-03), nor twice in one team
  constraint shift_two_places exclude using gist (person_id with =, facility_id with <>, during with &&) where (removed_at is null),
  constraint shift_twice exclude using gist (person_id with =, facility_id with =, (coalesce(specialty, '')) with =, during with &&) where (removed_at is null)
);
create index shift_at on roster.shift using gist (facility_id, during) where removed_at is null;

create table roster.handover (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  specialty text references facilities.specialty,
  note text not null,
  written_by uuid not null references identity.person,
  written_at timestamptz not null
);
create index handover_recent on roster.handover (facility_id, written_at desc);

create table roster.handover_read (
  handover_id uuid not null references roster.handover,
  person_id uuid not null references identity.person,
  read_at timestamptz not null,
  primary key (handover_id, person_id)
);

-- One row per open page. A process that died cannot delete its rows: they go stale by seen_at.
create table roster.open_page (
  socket_id text primary key,
  person_id uuid not null,
  seen_at timestamptz not null
);
create index open_page_person on roster.open_page (person_id, seen_at);

-- What a person chose, and whether a consult keeps them; told is what open screens were last told.
create table roster.presence (
  person_id uuid primary key,
  paused boolean not null default false,
  busy boolean not null default false,
  facility_ids uuid[] not null default '{}',
  told text not null default 'offline' check (told in ('online', 'busy', 'paused', 'offline'))
);

-- A page counts as open for this long after its last heartbeat (three missed beats).
create function roster.page_life() returns interval language sql immutable as $$ select interval '30 seconds' $$;

create function roster.presence_of(person uuid, at timestamptz) returns text
language sql stable
as $$
  select case
    when not exists (select from roster.open_page o where o.person_id = person and o.seen_at > at - roster.page_life()) then 'offline'
    when p.paused then 'paused'
    when p.busy then 'busy'
    else 'online' end
  from (select person as id) x left join roster.presence p on p.person_id = x.id
$$;

grant usage on schema roster to moinha_app;
grant select, insert, update on roster.shift, roster.handover, roster.handover_read, roster.presence to moinha_app;
grant select, insert, update, delete on roster.open_page to moinha_app;
grant execute on function roster.page_life(), roster.presence_of(uuid, timestamptz) to moinha_app;

-- Notes may speak of patients: the unit's own staff only.
alter table roster.handover enable row level security;
alter table roster.handover force row level security;
create policy owner on roster.handover to current_user using (true) with check (true);
create policy own_unit on roster.handover to moinha_app
  using ((select platform.actor_kind()) = 'system' or facility_id = any ((select platform.actor_facilities())::uuid[]))
  with check ((select platform.actor_kind()) = 'system' or (facility_id = any ((select platform.actor_facilities())::uuid[]) and written_by = platform.actor_person()));
