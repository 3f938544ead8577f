-- Why: a proxy relationship that follows its family link to its end says, like every other, when it was ended and by whom.
create or replace function records.keep_proxy() returns trigger
language plpgsql security definer set search_path = records, pg_catalog
as $$
begin
  if tg_op = 'INSERT' then
    if new.valid_until is not null then return null; end if;
    insert into records.patient (id, full_name, sex, created_by) values (new.dependant_id, '', 'unknown', new.created_by)
      on conflict (id) do nothing;
    insert into records.care_relationship (patient_id, person_id, reason, subject_id, created_by)
      values (new.dependant_id, new.guardian_id, 'proxy', new.id, new.created_by);
  elsif new.valid_until is not null and old.valid_until is null then
    update records.care_relationship set valid = tstzrange(lower(valid), greatest(now(), lower(valid))),
      end_cause = 'ended', ended_at = now(), ended_by = new.ended_by
      where patient_id = new.dependant_id and reason = 'proxy' and subject_id = new.id and upper_inf(valid);
  end if;
  return null;
end $$;
