-- Why: how an encounter ends, what became of a ring and how the patient fared were all an "outcome". FHIR's word for the first is
-- disposition (Encounter.hospitalization.dischargeDisposition).
alter table records.encounter rename column outcome to disposition;
alter table records.encounter rename constraint encounter_outcome_check to encounter_disposition_check;
