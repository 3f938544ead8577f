-- Why: a list that shows a hundred patients' rows paid one call of a function for each. The same question now stands in
-- the policies as a part of the asking statement: who acts is read once, a relationship is one look into an index
-- (measured: npm run bench -- security-wall). Decision: docs/decisions/2026-11-26-lists-that-stop-early.md

-- Whose care the actor of this transaction has now, past the relationships' own policy. A barrier: nothing a statement
-- adds is asked of other people's rows before the actor's.
create view records.care_of_actor with (security_barrier = true) as
  select c.patient_id from records.care_relationship c
  where c.valid @> now()
    and (c.facility_id = any ((select platform.actor_facilities())::uuid[])
      or c.person_id = (select platform.actor_person()));
grant select on records.care_of_actor to moinha_app;

-- The same answer for policies of other modules and for single rows that are written.
create or replace function records.may_see(patient uuid) returns boolean
language plpgsql stable parallel safe security definer cost 2000 set search_path = pg_catalog, pg_temp
as $$
begin
  return platform.actor_kind() = 'system'
    or patient = any (platform.actor_people())
    or exists (select from records.care_of_actor c where c.patient_id = patient);
end $$;

-- `offset 0` keeps the planner to that one look: without it, it may gather everybody a hospital cares for to answer for
-- thirty.
do $$
declare
  asked record;
begin
  for asked in values ('patient', 'patient_seen', 'id'),
      ('patient_identifier', 'patient_identifier_seen', 'patient_id'),
      ('encounter', 'encounter_seen', 'patient_id'), ('encounter_diagnosis', 'encounter_diagnosis_seen', 'patient_id'),
      ('observation', 'observation_seen', 'patient_id'), ('encounter_version', 'encounter_version_seen', 'patient_id'),
      ('document', 'document_seen', 'patient_id')
  loop
    execute format($policy$alter policy %2$I on records.%1$I using (
      (select platform.actor_kind()) = 'system'
      or %1$I.%3$I = any ((select platform.actor_people())::uuid[])
      or exists (select from records.care_of_actor c where c.patient_id = %1$I.%3$I offset 0))$policy$,
      asked.column1, asked.column2, asked.column3);
  end loop;
end $$;
