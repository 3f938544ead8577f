-- Why: as long as a temporary password holds, whoever gave it can still sign in with it: a word for the person would open the records to the giver.
-- Somebody vouches only after the person chose a password of their own.
create or replace function identity.vouch(person uuid, request text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.acting_staff(); account identity.account_user; unit uuid;
begin
  if actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  if actor = person then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  select * into account from identity.account_user where id = person and kind = 'staff' for update;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  if exists (select from identity.account_user where id = actor and credential_by is not null and vouched_at is null) then
    perform identity.refuse('VOUCH_FOR_YOURSELF_FIRST');
  end if;
  select s.facility_id into unit from identity.staff_post s
    join facilities.current_path place on place.facility_id = s.facility_id
    where s.person_id = person and s.valid_until is null and exists (
      select from identity.role_grant g join identity.role_permission p on p.role_key = g.role_key and p.permission = 'staff.vouch'
      join facilities.current_path own on own.facility_id = g.facility_id
      where g.person_id = actor and g.valid_until is null
        and (place.path::text = own.path::text or starts_with(place.path::text, own.path::text || '.')))
    order by s.valid_from limit 1;
  if unit is null then perform identity.refuse('FOREIGN_UNIT'); end if;
  if account.credential_by = actor then perform identity.refuse('OTHER_EYES_NEEDED'); end if;
  if account.credential_by is null or account.vouched_at is not null then return unit; end if;
  if account.must_change_password then perform identity.refuse('VOUCH_AFTER_SIGN_IN'); end if;
  update identity.account_user set vouched_by = actor, vouched_at = now() where id = person;
  perform identity.note(request, 'identity.vouch', 'account', person, unit);
  return unit;
end $$;
