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
  perform audit.write_entry(jsonb_build_object('request_id', request, 'actor_facility_id', home, 'action', note.action,
    'subject', note.subject, 'subject_id', note.subject_id, 'facility_id', coalesce(unit, home), 'detail', note.detail));
end $$;
