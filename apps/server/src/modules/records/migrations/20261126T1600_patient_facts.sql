-- Why: allergies, long-term problems, medicines taken and pregnancies hold beyond one encounter: whoever treats or is
-- asked must see them at once. Each change is a version with its author and reason; nothing is deleted.
create table records.patient_fact (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  kind text not null check (kind in ('allergy', 'no_known_allergies', 'problem', 'medicine', 'pregnancy')),
  status text not null default 'active' check (status in ('active', 'resolved', 'entered_in_error')),
  encounter_id uuid references records.encounter,
  system text,
  code text,
  display text not null,
  inn text not null default '',
  atc text,
  reaction text not null default '',
  criticality text check (criticality in ('low', 'high', 'unknown')),
  dosage text not null default '',
  started_on date,
  ended_on date,
  last_period_on date,
  -- Naegele's rule, 280 days from the first day of the last menstrual period. Source: ACOG Committee Opinion 700 (2017)
  due_on date generated always as (last_period_on + 280) stored,
  outcome text check (outcome in ('live_birth', 'stillbirth', 'miscarriage', 'termination', 'unknown')),
  note text not null default '',
  version int not null default 1,
  author_id uuid,
  recorded_at timestamptz not null default now(),
  updated_by uuid,
  updated_at timestamptz not null default now(),
  check ((kind = 'allergy') = (criticality is not null)),
  check ((kind = 'pregnancy') = (last_period_on is not null)),
  check ((system is null) = (code is null)),
  check (kind not in ('allergy', 'problem', 'medicine') or (code is not null and display <> '')),
  check (ended_on >= started_on)
);
create index patient_fact_patient on records.patient_fact (patient_id, kind);

-- What holds is said once: an allergy or disease by its code, a substance by its folded name (two strengths of one
-- medicine are two); one pregnancy at a time; one "no known allergies".
create unique index patient_fact_said_once on records.patient_fact (patient_id, kind, system, code)
  where status = 'active' and kind in ('allergy', 'problem');
create unique index patient_fact_named_once on records.patient_fact (patient_id, kind, platform.fold(display))
  where status = 'active' and kind in ('allergy', 'medicine');
create unique index patient_fact_one on records.patient_fact (patient_id, kind)
  where status = 'active' and kind in ('pregnancy', 'no_known_allergies');

create table records.patient_fact_version (
  fact_id uuid not null references records.patient_fact,
  no int not null,
  patient_id uuid not null,
  status text not null,
  display text not null,
  content jsonb not null,
  reason text,
  author_id uuid,
  author_name text not null,
  at timestamptz not null,
  primary key (fact_id, no),
  check (no = 1 or reason <> '')
);
create index patient_fact_version_patient on records.patient_fact_version (patient_id, at desc, fact_id);

-- A fact stays of its patient and kind, and every change is counted: each number has its row among the versions.
create function records.refuse_uncounted_fact() returns trigger language plpgsql as $$
begin
  if new.version = old.version + 1 and new.patient_id = old.patient_id and new.kind = old.kind then return new; end if;
  raise exception 'fact % is changed by a new version only', old.id using errcode = 'MN001';
end $$;
create trigger counted before update on records.patient_fact
  for each row execute function records.refuse_uncounted_fact();

grant select, insert, update on records.patient_fact to moinha_app;
grant select, insert on records.patient_fact_version to moinha_app;

-- The second wall: who may see the patient reads; only who works at a unit writes.
do $$
declare t text;
begin
  foreach t in array array['patient_fact', 'patient_fact_version'] loop
    execute format('alter table records.%I enable row level security', t);
    execute format($policy$create policy %1$s_seen on records.%1$I for select to moinha_app using (
      (select platform.actor_kind()) = 'system'
      or %1$I.patient_id = any ((select platform.actor_people())::uuid[])
      or exists (select from records.care_of_actor c where c.patient_id = %1$I.patient_id offset 0))$policy$, t);
    execute format($policy$create policy %1$s_written on records.%1$I for insert to moinha_app with check (
      (select platform.actor_kind()) = 'system' or
      (cardinality((select platform.actor_facilities())::uuid[]) > 0 and records.may_see(patient_id)))$policy$, t);
  end loop;
end $$;
create policy patient_fact_changed on records.patient_fact for update to moinha_app using (
  (select platform.actor_kind()) = 'system' or
  (cardinality((select platform.actor_facilities())::uuid[]) > 0 and records.may_see(patient_id)));
