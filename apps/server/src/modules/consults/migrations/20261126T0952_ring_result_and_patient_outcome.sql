-- Why: what became of a ring and how the patient fared afterwards are two things; each has a name of its own.
alter table consults.ring rename column outcome to ring_result;
alter table consults.ring rename constraint ring_outcome_check to ring_result_check;
alter table consults.outcome rename to patient_outcome;
select platform.rename_prefix('consults.patient_outcome', 'outcome', 'patient_outcome');
