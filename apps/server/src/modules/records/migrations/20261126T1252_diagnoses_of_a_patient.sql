-- Why: a person's own record asks for all diagnoses of a patient; without an index it read everybody's.
create index encounter_diagnosis_patient on records.encounter_diagnosis (patient_id);
