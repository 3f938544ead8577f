-- Why: treating from afar asks more than the list of diseases: the unit announced the service (REQ-TELE-02), the
-- practitioner is registered there for those hours (REQ-TELE-03), a contract is in force where the mode rests on
-- one (REQ-TELE-06); and a disease outside the list may be treated under a pilot approval with a number of cases
-- (Decree 96/2023/NĐ-CP Art. 87(4)-(7), REQ-TELE-04).
insert into records.setting values
  ('gate_announcement', 'warn', 'Decree 96/2023/NĐ-CP Art. 87(2)-(3)'),
  ('gate_registration', 'warn', 'Law 15/2023/QH15 Art. 7(4)(5), 36-38'),
  ('gate_contract', 'warn', 'Decree 96/2023/NĐ-CP Art. 87(9), 88')
  on conflict (key) do nothing;

-- What was found and how it bound when the encounter was finished: a correction is judged by that day.
alter table records.encounter add column judged_conditions jsonb;

-- Written once and ended, never deleted. `used` counts the cases; that it never passes the quota, the table promises.
create table records.pilot_approval (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  document_no text not null,
  title text not null,
  patterns text[] not null check (cardinality(patterns) between 1 and 60), -- as in tele_allowed_icd
  valid_from date not null,
  -- the first day on which it no longer holds
  valid_until date not null,
  quota int not null check (quota between 1 and 100000),
  used int not null default 0 check (used between 0 and quota),
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  check (valid_until >= valid_from)
);
create index pilot_approval_facility on records.pilot_approval (facility_id, id);

-- Which encounters count, and which gave their place back.
create table records.pilot_use (
  id uuid primary key default uuidv7(),
  pilot_id uuid not null references records.pilot_approval,
  encounter_id uuid not null references records.encounter,
  patient_id uuid not null references records.patient,
  taken_at timestamptz not null,
  given_back_at timestamptz
);
create unique index pilot_use_encounter on records.pilot_use (encounter_id) where given_back_at is null;
create index pilot_use_pilot on records.pilot_use (pilot_id, id);

alter table records.pilot_use enable row level security;
create policy pilot_use_seen on records.pilot_use for select to moinha_app using (records.may_see(patient_id));
-- places are taken and given back by the gate, not by who treats
create policy pilot_use_taken on records.pilot_use for insert to moinha_app
  with check ((select platform.actor_kind()) = 'system');
create policy pilot_use_given_back on records.pilot_use for update to moinha_app
  using ((select platform.actor_kind()) = 'system');

grant select, insert on records.pilot_approval, records.pilot_use to moinha_app;
grant update (used, valid_until, ended_by, ended_at) on records.pilot_approval to moinha_app;
grant update (given_back_at) on records.pilot_use to moinha_app;
