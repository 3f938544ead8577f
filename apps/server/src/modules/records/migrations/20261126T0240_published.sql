-- Why: what other modules may read of records. Both ask the rights of who reads them: row-level security of the tables behind decides as
-- before who sees whom. Phones, addresses and numbers stay inside.

-- Whom an appointment, a case or a message is about.
create view records.patient_card with (security_invoker = true) as
  select id, full_name, sex, birth_date, home_facility_id from records.patient;

-- What a request for help takes over from the encounter it belongs to, with the primary diagnosis.
create view records.encounter_card with (security_invoker = true) as
  select e.id, e.patient_id, e.facility_id, e.practitioner_id, e.status, e.visit_id, e.channel, e.started_at, e.complaint, e.findings,
    e.referred_up, d.code as icd10, d.display as diagnosis
  from records.encounter e
  left join records.encounter_diagnosis d on d.encounter_id = e.id and d.position = 0;

grant select on records.patient_card, records.encounter_card to moinha_app;
