-- Why: the log of a unit is read by where the subject belongs and where the actor works; what is done to an account is the unit's where the person works.
create or replace function identity.note(
  request text, action text, subject text, subject_id uuid, facility uuid default null, detail jsonb default null
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  unit uuid := facility;
  home uuid := (select p.facility_id from identity.staff_post p where p.person_id = platform.actor_person() and p.valid_until is null
    order by p.valid_from limit 1);
begin
  if unit is null and subject = 'account' then
    select p.facility_id into unit from identity.staff_post p where p.person_id = note.subject_id and p.valid_until is null
      order by p.valid_from limit 1;
  end if;
  insert into audit.entry (request_id, actor_kind, actor_id, actor_facility_id, action, subject, subject_id, facility_id, detail)
    values (request, platform.actor_kind(), platform.actor_person(), home, note.action, note.subject, note.subject_id, coalesce(unit, home), note.detail);
end $$;
