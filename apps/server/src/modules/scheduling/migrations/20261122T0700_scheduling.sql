-- Why: citizens book a named worker and time; double booking must be impossible in the database, not merely unlikely in code.
create schema scheduling;
grant usage on schema scheduling to moinha_app;

create type scheduling.kind as enum ('in_person', 'remote_advice', 'remote_examination');
create type scheduling.programme as enum ('antenatal', 'hypertension', 'child_health', 'other');
create type scheduling.state as enum ('offered', 'requested', 'confirmed', 'moved', 'arrived', 'in_progress', 'done', 'no_show', 'cancelled', 'released');

-- How a unit takes bookings; a unit without a row has the defaults.
create table scheduling.facility_setting (
  facility_id uuid primary key references facilities.facility,
  auto_confirm boolean not null default false,
  horizon_days int not null default 60 check (horizon_days between 1 and 365),
  offer_minutes int not null default 30 check (offer_minutes between 5 and 1440),
  updated_at timestamptz not null default now(),
  updated_by uuid
);

-- Weekly hours on Vietnam's calendar. An edit closes the row and opens another, so that last month's schedule can still be told.
create table scheduling.working_hours (
  id uuid primary key,
  practitioner_id uuid not null references identity.person,
  facility_id uuid not null references facilities.facility,
  weekday smallint not null check (weekday between 1 and 7),
  from_minute smallint not null check (from_minute >= 0),
  to_minute smallint not null check (to_minute <= 1440 and to_minute > from_minute),
  slot_minutes smallint not null check (slot_minutes between 5 and 120),
  kinds scheduling.kind[] not null check (cardinality(kinds) between 1 and 3),
  valid daterange not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  -- one person cannot be in two places: the unit is left out on purpose (REQ-TELE-03)
  constraint hours_do_not_overlap exclude using gist (practitioner_id with =, weekday with =, int4range(from_minute, to_minute) with &&, valid with &&)
);
create index working_hours_facility on scheduling.working_hours (facility_id, practitioner_id);

-- Both kinds of exception: days off (whole or part) and extra hours.
create table scheduling.schedule_exception (
  id uuid primary key,
  practitioner_id uuid not null references identity.person,
  facility_id uuid not null references facilities.facility,
  effect text not null check (effect in ('off', 'extra')),
  days daterange not null check (not isempty(days) and not upper_inf(days) and not lower_inf(days)),
  from_minute smallint not null default 0 check (from_minute >= 0),
  to_minute smallint not null default 1440 check (to_minute <= 1440 and to_minute > from_minute),
  slot_minutes smallint check (slot_minutes between 5 and 120),
  kinds scheduling.kind[] not null default '{}',
  reason text not null,
  withdrawn_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  check (effect = 'off' or (slot_minutes is not null and cardinality(kinds) > 0)),
  constraint extra_does_not_overlap exclude using gist (practitioner_id with =, int4range(from_minute, to_minute) with &&, days with &&)
    where (effect = 'extra' and withdrawn_at is null)
);
create index schedule_exception_facility on scheduling.schedule_exception (facility_id, practitioner_id) where withdrawn_at is null;

create table scheduling.appointment (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility,
  practitioner_id uuid references identity.person,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  starts_at timestamptz not null generated always as (lower(during)) stored,
  kind scheduling.kind not null,
  programme scheduling.programme,
  reason text not null default '',
  state scheduling.state not null,
  origin text not null check (origin in ('citizen', 'desk', 'walk_in', 'waitlist')),
  booked_by uuid,
  queue_day date,
  queue_no int,
  arrived_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  encounter_id uuid,
  cancelled_by text check (cancelled_by in ('citizen', 'station')),
  cancel_reason text,
  moved_from tstzrange,
  moved_from_practitioner_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (practitioner_id is not null or origin = 'walk_in'),
  check ((queue_no is null) = (queue_day is null)),
  -- who comes without an appointment waits beside the slots, not in one
  constraint worker_is_free exclude using gist (practitioner_id with =, during with &&)
    where (origin <> 'walk_in' and state in ('offered', 'requested', 'confirmed', 'moved', 'arrived', 'in_progress', 'done')),
  constraint patient_is_free exclude using gist (patient_id with =, during with &&)
    where (origin <> 'walk_in' and state in ('offered', 'requested', 'confirmed', 'moved', 'arrived', 'in_progress'))
);
create index appointment_day on scheduling.appointment (facility_id, starts_at, id);
create index appointment_worker on scheduling.appointment (practitioner_id, starts_at);
create index appointment_patient on scheduling.appointment (patient_id, starts_at, id);
create unique index appointment_encounter on scheduling.appointment (encounter_id) where encounter_id is not null;
create unique index appointment_queue on scheduling.appointment (facility_id, queue_day, queue_no) where queue_no is not null;

-- Every change of state, time or worker, written by the table itself so that no action can forget it.
create table scheduling.appointment_history (
  id bigint generated always as identity primary key,
  appointment_id uuid not null references scheduling.appointment,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null,
  actor_id uuid,
  state scheduling.state not null,
  during tstzrange not null,
  practitioner_id uuid
);
create index appointment_history_of on scheduling.appointment_history (appointment_id, id);

create function scheduling.keep_history() returns trigger
language plpgsql security definer set search_path = scheduling, pg_catalog
as $$ begin
  if tg_op = 'UPDATE' and (new.state, new.during, new.practitioner_id) is not distinct from (old.state, old.during, old.practitioner_id) then return null; end if;
  insert into scheduling.appointment_history (appointment_id, actor_kind, actor_id, state, during, practitioner_id)
  values (new.id, platform.actor_kind(), platform.actor_person(), new.state, new.during, new.practitioner_id);
  return null;
end $$;
create trigger keep_history after insert or update on scheduling.appointment for each row execute function scheduling.keep_history();

-- One counter per unit and day; taken in the act's transaction, so a number that was not used is given again.
create table scheduling.queue_counter (
  facility_id uuid not null references facilities.facility,
  day date not null,
  last_no int not null check (last_no > 0),
  primary key (facility_id, day)
);

create table scheduling.waitlist_entry (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility,
  practitioner_id uuid references identity.person,
  kind scheduling.kind not null,
  programme scheduling.programme,
  reason text not null default '',
  days daterange not null check (not isempty(days) and not upper_inf(days) and not lower_inf(days)),
  state text not null default 'waiting' check (state in ('waiting', 'offered', 'accepted', 'left', 'ended')),
  -- the held slot is an appointment in state `offered`: the same constraint that forbids double booking keeps it
  offer_id uuid references scheduling.appointment,
  offer_until timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  check ((state = 'offered') = (offer_until is not null))
);
create index waitlist_line on scheduling.waitlist_entry (facility_id, created_at, id) where state = 'waiting';
create index waitlist_patient on scheduling.waitlist_entry (patient_id) where state in ('waiting', 'offered');
create unique index waitlist_once on scheduling.waitlist_entry (patient_id, facility_id, kind, coalesce(practitioner_id, facility_id), days) where state in ('waiting', 'offered');
create table scheduling.waitlist_refusal (
  entry_id uuid not null references scheduling.waitlist_entry,
  practitioner_id uuid not null,
  starts_at timestamptz not null,
  primary key (entry_id, practitioner_id, starts_at)
);

grant select, insert, update on scheduling.facility_setting, scheduling.working_hours, scheduling.schedule_exception, scheduling.appointment,
  scheduling.queue_counter, scheduling.waitlist_entry to moinha_app;
grant select, insert on scheduling.waitlist_refusal to moinha_app;
grant select on scheduling.appointment_history to moinha_app;

-- When the workers are taken: times only, so that anyone may be shown what is free without seeing whose the rest is.
create function scheduling.busy(practitioners uuid[], span tstzrange) returns table (practitioner_id uuid, during tstzrange)
language sql stable security definer set search_path = public, pg_catalog
as $$
  select a.practitioner_id, a.during from scheduling.appointment a
  where a.practitioner_id = any (practitioners) and a.starts_at >= lower(span) - interval '1 day' and a.starts_at < upper(span) and a.during && span
    and a.origin <> 'walk_in' and a.state in ('offered', 'requested', 'confirmed', 'moved', 'arrived', 'in_progress', 'done')
$$;
grant execute on function scheduling.busy(uuid[], tstzrange) to moinha_app;

-- ---- the second wall ----
alter table scheduling.appointment enable row level security;
create policy appointment_seen on scheduling.appointment for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or patient_id = any ((select platform.actor_people())::uuid[])
  or practitioner_id = (select platform.actor_person()));
create policy appointment_booked on scheduling.appointment for insert to moinha_app with check (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or patient_id = any ((select platform.actor_people())::uuid[]));
create policy appointment_changed on scheduling.appointment for update to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or patient_id = any ((select platform.actor_people())::uuid[])
  or practitioner_id = (select platform.actor_person()));

alter table scheduling.appointment_history enable row level security;
create policy history_seen on scheduling.appointment_history for select to moinha_app using (
  exists (select from scheduling.appointment a where a.id = appointment_id));

alter table scheduling.waitlist_entry enable row level security;
create policy waitlist_seen on scheduling.waitlist_entry to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or patient_id = any ((select platform.actor_people())::uuid[]));

alter table scheduling.waitlist_refusal enable row level security;
create policy refusal_seen on scheduling.waitlist_refusal to moinha_app using (
  exists (select from scheduling.waitlist_entry e where e.id = entry_id));
