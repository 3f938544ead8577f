-- Why: a module of a test: slips by which a nurse asks somebody to take a sample.
create schema slips;
create table slips.slip (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  encounter_id uuid not null references records.encounter,
  facility_id uuid not null references facilities.facility,
  sampler_id uuid not null,
  what text not null,
  state text not null check (state in ('written', 'done', 'cancelled')),
  changed_at timestamptz not null
);
grant usage on schema slips to moinha_app;
grant select, insert, update on slips.slip to moinha_app;
alter table slips.slip enable row level security;
create policy seen on slips.slip to moinha_app using (records.may_see(patient_id))
  with check (records.may_see(patient_id));
