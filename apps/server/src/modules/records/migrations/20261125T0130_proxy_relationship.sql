-- Why: who acts for a patient is one truth. The link stands in identity.family_member; its `proxy` relationship follows it
-- in the same statement, and is written in no other way.
create function records.keep_proxy() returns trigger
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
    update records.care_relationship set valid = tstzrange(lower(valid), greatest(now(), lower(valid)))
      where patient_id = new.dependant_id and reason = 'proxy' and subject_id = new.id and upper_inf(valid);
  end if;
  return null;
end $$;

create function records.refuse_direct_proxy() returns trigger
language plpgsql
as $$
begin
  -- depth 1: a statement of somebody's own; deeper: the trigger above
  if pg_trigger_depth() > 1 then return coalesce(new, old); end if;
  raise exception 'a proxy relationship follows identity.family_member' using errcode = 'MN002';
end $$;

insert into records.patient (id, full_name, sex, created_by)
  select distinct on (f.dependant_id) f.dependant_id, '', 'unknown', f.created_by from identity.family_member f where f.valid_until is null
  on conflict (id) do nothing;
insert into records.care_relationship (patient_id, person_id, reason, subject_id, valid, created_by)
  select f.dependant_id, f.guardian_id, 'proxy', f.id, tstzrange(f.valid_from, f.valid_until), f.created_by
  from identity.family_member f join records.patient p on p.id = f.dependant_id
  where f.valid_until is null or f.valid_until > f.valid_from;

create trigger keep_proxy after insert or update of valid_until on identity.family_member
  for each row execute function records.keep_proxy();
create trigger proxy_follows_family before insert or update on records.care_relationship
  for each row when (new.reason = 'proxy') execute function records.refuse_direct_proxy();
create trigger proxy_is_kept before delete on records.care_relationship
  for each row when (old.reason = 'proxy') execute function records.refuse_direct_proxy();
