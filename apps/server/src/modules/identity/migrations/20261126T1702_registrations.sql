-- Why: who treats is registered at the facility with scope and hours (Law 15/2023/QH15 Art. 7(4)(5), 36-38; REQ-
-- TELE-03). A registration is written once and ended, never changed and never deleted; hours of one person at
-- several facilities cannot overlap.
create table identity.practitioner_registration (
  id uuid primary key,
  person_id uuid not null references identity.person,
  facility_id uuid not null references facilities.facility,
  licence_no text not null,
  scope text not null,
  valid_from date not null,
  -- the first day on which it no longer holds
  valid_until date,
  source text,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  check (valid_until is null or valid_until >= valid_from),
  exclude using gist (person_id with =, facility_id with =, (daterange(valid_from, valid_until)) with &&)
);
create index practitioner_registration_facility on identity.practitioner_registration (facility_id, id);

create table identity.registered_hours (
  registration_id uuid not null references identity.practitioner_registration,
  person_id uuid not null,
  -- 1 Monday … 7 Sunday
  weekday int not null check (weekday between 1 and 7),
  -- minutes of the day in Vietnam
  minutes int4range not null check (minutes <@ int4range(0, 1440) and not isempty(minutes)),
  valid_from date not null,
  valid_until date,
  primary key (registration_id, weekday, minutes),
  constraint hours_overlap exclude using gist
    (person_id with =, weekday with =, minutes with &&, (daterange(valid_from, valid_until)) with &&)
);

-- May the actor say where this person is registered? Who manages staff of the facility, and never for themselves.
create function identity.may_register(person uuid, facility uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select platform.actor_kind() = 'system'
  or (platform.actor_person() <> person and identity.managing_rank(platform.actor_person(), facility) >= 0) $$;
revoke execute on function identity.may_register(uuid, uuid) from public;
grant execute on function identity.may_register(uuid, uuid) to moinha_app;

alter table identity.practitioner_registration enable row level security;
alter table identity.registered_hours enable row level security;
-- who practises where is no secret among those who practise
create policy staff_reads on identity.practitioner_registration for select to moinha_app
  using ((select platform.actor_kind()) in ('system', 'staff'));
create policy staff_reads on identity.registered_hours for select to moinha_app
  using ((select platform.actor_kind()) in ('system', 'staff'));
create policy managers_add on identity.practitioner_registration for insert to moinha_app
  with check (identity.may_register(person_id, facility_id));
create policy managers_end on identity.practitioner_registration for update to moinha_app
  using (identity.may_register(person_id, facility_id));

-- Does this registration of the hours belong to the actor's to write? The hours follow it.
create function identity.may_register_hours(registration uuid, person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select exists (select from identity.practitioner_registration r
  where r.id = registration and r.person_id = person and identity.may_register(r.person_id, r.facility_id)) $$;
revoke execute on function identity.may_register_hours(uuid, uuid) from public;
grant execute on function identity.may_register_hours(uuid, uuid) to moinha_app;
create policy managers_add on identity.registered_hours for insert to moinha_app
  with check (identity.may_register_hours(registration_id, person_id));
create policy managers_end on identity.registered_hours for update to moinha_app
  using (identity.may_register_hours(registration_id, person_id));

grant select, insert on identity.practitioner_registration, identity.registered_hours to moinha_app;
grant update (valid_until, ended_by, ended_at) on identity.practitioner_registration to moinha_app;
grant update (valid_until) on identity.registered_hours to moinha_app;
