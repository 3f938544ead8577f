-- Why: a doctor who saw a patient only by a consult could open an encounter at their hospital and so let the whole hospital in. What
-- was given so ends now: an encounter's relationship of a unit, begun by somebody who had a consult of that patient, where nothing
-- else had let the unit in before.
update records.care_relationship c
set valid = tstzrange(lower(c.valid), greatest(lower(c.valid), now())), end_cause = 'ended', ended_at = now()
where c.facility_id is not null and c.reason = 'encounter' and not c.emergency and c.valid @> now()
  and exists (select from records.care_relationship lent where lent.patient_id = c.patient_id and lent.reason = 'consult'
    and lent.person_id = c.created_by and lent.valid @> lower(c.valid))
  and not exists (select from records.care_relationship other where other.patient_id = c.patient_id and other.id <> c.id
    and lower(other.valid) <= lower(c.valid) and upper(other.valid) is distinct from lower(other.valid)
    and (other.facility_id = c.facility_id or (other.person_id = c.created_by and other.reason not in ('consult', 'break_glass'))));
