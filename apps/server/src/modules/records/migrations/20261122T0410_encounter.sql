-- Why: what happened to a patient, where and by whom: encounters with measurements and diagnoses, their locked versions, filed documents.
create table records.encounter (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility, -- answers for the session
  practitioner_id uuid not null,
  practitioner_name text not null, -- name and licence as they stood then (REQ-TELE-03)
  licence_no text,
  remote_mode text not null check (remote_mode in ('IN_PERSON', 'DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY', 'INTER_FACILITY_SUPPORT', 'TELECONSULT', 'HEALTH_ADVICE')),
  channel text not null check (channel in ('video', 'voice', 'chat', 'in_person')),
  status text not null default 'in_progress' check (status in ('in_progress', 'finished', 'cancelled')),
  outcome text check (outcome in ('treatment', 'examination', 'advice', 'referral')),
  identity_check text not null default 'not_checked' check (identity_check in ('document_seen', 'document_on_video', 'account', 'known_to_staff', 'not_checked')),
  consent_by text check (consent_by in ('patient', 'representative')),
  consent_at timestamptz,
  complaint text not null default '',
  findings text not null default '',
  conclusion text not null default '',
  advice text not null default '',
  next_appointment_on date,
  referred_up boolean not null default false,
  appointment_id uuid,
  visit_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  closed_by uuid,
  cancel_reason text,
  version int not null default 1,
  corrections int not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  check ((status = 'finished') = (finished_at is not null)),
  check (status <> 'finished' or (conclusion <> '' and outcome is not null))
);
create index encounter_patient on records.encounter (patient_id, started_at desc, id);
create index encounter_open on records.encounter (facility_id, started_at desc) where status = 'in_progress';
create unique index encounter_appointment on records.encounter (appointment_id) where appointment_id is not null and status <> 'cancelled';

-- The first is the primary diagnosis; up to twelve more.
create table records.encounter_diagnosis (
  encounter_id uuid not null references records.encounter,
  position smallint not null check (position between 0 and 12),
  patient_id uuid not null,
  system text not null,
  code text not null,
  display text not null,
  primary key (encounter_id, position)
);

create table records.observation (
  id uuid primary key,
  encounter_id uuid not null references records.encounter,
  patient_id uuid not null references records.patient,
  system text not null,
  code text not null,
  display text not null,
  value numeric not null,
  unit text not null,
  taken_at timestamptz not null,
  device text,
  author_id uuid,
  recorded_at timestamptz not null default now(),
  taken_back boolean not null default false
);
create index observation_encounter on records.observation (encounter_id);
create index observation_patient on records.observation (patient_id, code, taken_at desc);

-- Locked states: 1 as finished, then one per correction with its reason.
create table records.encounter_version (
  encounter_id uuid not null references records.encounter,
  no int not null,
  patient_id uuid not null,
  content jsonb not null,
  reason text,
  author_id uuid,
  author_name text not null,
  at timestamptz not null default now(),
  primary key (encounter_id, no),
  check (no = 1 or reason <> '')
);

create table records.document (
  id uuid not null,
  version int not null,
  patient_id uuid not null references records.patient,
  encounter_id uuid references records.encounter,
  facility_id uuid not null references facilities.facility,
  kind text not null check (kind in ('consult_minutes')),
  title text not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (id, version)
);
create index document_patient on records.document (patient_id, created_at desc);
create index document_encounter on records.document (encounter_id) where encounter_id is not null;

-- A finished encounter is locked: only a correction, counted and with a version row, may change what it says.
create function records.refuse_locked() returns trigger language plpgsql as $$
begin
  if old.status = 'in_progress' or new.corrections = old.corrections + 1 then return new; end if;
  if (to_jsonb(new) - 'referred_up' - 'visit_id' - 'updated_at') = (to_jsonb(old) - 'referred_up' - 'visit_id' - 'updated_at') then return new; end if;
  raise exception 'encounter % is %', old.id, old.status using errcode = 'MN001';
end $$;
create trigger locked before update on records.encounter for each row execute function records.refuse_locked();

create function records.refuse_measuring_locked() returns trigger language plpgsql as $$
begin
  if not exists (select from records.encounter e where e.id = new.encounter_id and e.status = 'in_progress') then
    raise exception 'encounter % takes no measurements', new.encounter_id using errcode = 'MN001';
  end if;
  return new;
end $$;
create trigger locked before insert or update on records.observation for each row execute function records.refuse_measuring_locked();

grant select, insert, update on records.encounter, records.observation to moinha_app;
grant select, insert, delete on records.encounter_diagnosis to moinha_app;
grant select, insert on records.encounter_version, records.document to moinha_app;

-- The second wall, the same for every table with a patient's data: who may see the patient may read; the responsible unit writes.
do $$
declare t text;
begin
  foreach t in array array['encounter', 'encounter_diagnosis', 'observation', 'encounter_version', 'document'] loop
    execute format('alter table records.%I enable row level security', t);
    execute format('create policy %1$s_seen on records.%1$I for select to moinha_app using (records.may_see(patient_id))', t);
  end loop;
end $$;

create policy encounter_written on records.encounter for insert to moinha_app with check (
  (select platform.actor_kind()) = 'system' or (facility_id = any ((select platform.actor_facilities())::uuid[]) and records.may_see(patient_id)));
create policy encounter_changed on records.encounter for update to moinha_app using (
  (select platform.actor_kind()) = 'system' or facility_id = any ((select platform.actor_facilities())::uuid[]));

-- May the actor write into this encounter? Its unit's own people only.
create function records.may_write(encounter uuid) returns boolean
language sql stable parallel safe security definer set search_path = records, pg_catalog
as $$
  select platform.actor_kind() = 'system'
    or exists (select from records.encounter e where e.id = encounter and e.facility_id = any (platform.actor_facilities()))
$$;
grant execute on function records.may_write(uuid) to moinha_app;

create policy encounter_diagnosis_written on records.encounter_diagnosis for insert to moinha_app with check (records.may_write(encounter_id));
create policy encounter_diagnosis_taken_back on records.encounter_diagnosis for delete to moinha_app using (records.may_write(encounter_id));
create policy observation_written on records.observation for insert to moinha_app with check (records.may_write(encounter_id));
create policy observation_changed on records.observation for update to moinha_app using (records.may_write(encounter_id));
create policy encounter_version_written on records.encounter_version for insert to moinha_app with check (records.may_write(encounter_id));
create policy document_filed on records.document for insert to moinha_app with check ((select platform.actor_kind()) = 'system');
