-- Why: one table answers who may see a patient and why; every table with a patient's data asks it (the second wall).
create schema records;

create table records.patient (
  id uuid primary key, -- equals identity.person.id where the patient has a person row
  full_name text not null,
  sex text not null check (sex in ('male', 'female', 'unknown')),
  birth_date date,
  phone text,
  address text,
  home_facility_id uuid references facilities.facility,
  ethnicity_system text,
  ethnicity_code text,
  occupation text,
  created_at timestamptz not null default now(),
  created_by uuid,
  version int not null default 1,
  search text generated always as (platform.fold(full_name)) stored
);
create index patient_search on records.patient using gin (search gin_trgm_ops);
create index patient_duplicates on records.patient (search, birth_date);
create index patient_home on records.patient (home_facility_id, id);

create table records.patient_identifier (
  id uuid primary key default uuidv7(),
  patient_id uuid not null references records.patient,
  system text not null,
  value text not null,
  valid daterange not null default daterange('1900-01-01', null),
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  exclude using gist (system with =, value with =, valid with &&)
);
create index patient_identifier_patient on records.patient_identifier (patient_id);

create table records.care_relationship (
  id uuid primary key default uuidv7(),
  patient_id uuid not null references records.patient,
  facility_id uuid references facilities.facility,
  person_id uuid,
  reason text not null check (reason in ('registered', 'appointment', 'encounter', 'consult', 'referral', 'proxy', 'break_glass')),
  subject_id uuid,
  note text,
  valid tstzrange not null default tstzrange(now(), null),
  created_by uuid,
  check (num_nonnulls(facility_id, person_id) = 1)
);
create index care_by_patient on records.care_relationship (patient_id, facility_id);
create index care_by_facility on records.care_relationship (facility_id, patient_id) where facility_id is not null;
create index care_by_person on records.care_relationship (person_id, patient_id) where person_id is not null;
create unique index care_once on records.care_relationship (patient_id, reason, coalesce(facility_id, person_id), coalesce(subject_id, patient_id)) where upper_inf(valid);

-- May the actor of this transaction see this patient? Reads the relationships past their own policy. PL/pgSQL keeps its plan, so that a policy costs
-- no planning of its own; the high cost makes the planner ask it last, on the rows an index already chose (measured: bench/security-wall).
create function records.may_see(patient uuid) returns boolean
language plpgsql stable parallel safe security definer cost 2000 set search_path = pg_catalog
as $$
begin
  return platform.actor_kind() = 'system'
    or patient = any (platform.actor_people())
    or exists (select from records.care_relationship c where c.patient_id = patient and c.valid @> now()
        and (c.facility_id = any (platform.actor_facilities()) or c.person_id = platform.actor_person()));
end $$;

grant usage on schema records to moinha_app;
grant execute on function records.may_see(uuid) to moinha_app;
grant select, insert, update on records.patient, records.patient_identifier, records.care_relationship to moinha_app;

alter table records.patient enable row level security;
alter table records.patient_identifier enable row level security;
alter table records.care_relationship enable row level security;

create policy care_relationship_seen on records.care_relationship for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or patient_id = any ((select platform.actor_people())::uuid[])
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or person_id = (select platform.actor_person()));
-- only the system grants and ends relationships: actions do it as the system after their own policy said yes
create policy care_relationship_kept on records.care_relationship for all to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');

create policy patient_seen on records.patient for select to moinha_app using (records.may_see(id));
create policy patient_written on records.patient for insert to moinha_app
  with check ((select platform.actor_kind()) = 'system' or created_by = (select platform.actor_person()) or id = any ((select platform.actor_people())::uuid[]));
create policy patient_changed on records.patient for update to moinha_app using (records.may_see(id)) with check (records.may_see(id));

create policy patient_identifier_seen on records.patient_identifier for all to moinha_app
  using (records.may_see(patient_id)) with check (records.may_see(patient_id));
