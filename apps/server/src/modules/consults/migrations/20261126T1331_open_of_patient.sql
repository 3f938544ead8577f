-- Why: a patient's corrected name goes on to the open cases about them, found without reading all cases.
create index consult_open_of_patient on consults.consult (patient_id) where signed_at is null;
