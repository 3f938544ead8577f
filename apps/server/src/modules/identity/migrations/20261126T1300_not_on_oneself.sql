-- Why: whoever managed staff could end their own practitioner role, and with it the very role they managed by.
-- Was it the last of its kind, nobody managed the installation any more. It is judged like all done to an account.
create or replace function identity.end_practitioner_role(role_id uuid, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  kept identity.practitioner_role;
  actor uuid;
begin
  select * into kept from identity.practitioner_role where id = role_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  actor := identity.require_over_account(kept.person_id);
  update identity.practitioner_role set valid_until = greatest(valid_from, now())
    where id = role_id and valid_until is null;
  if not found then return false; end if;
  if not exists (select from identity.practitioner_role
    where person_id = kept.person_id and facility_id = kept.facility_id and valid_until is null) then
    update identity.role_grant set valid_until = greatest(valid_from, now()), revoked_by = actor
      where person_id = kept.person_id and facility_id = kept.facility_id and valid_until is null;
  end if;
  perform identity.note(request, 'identity.endPractitionerRole', 'practitioner_role', role_id, kept.facility_id);
  return true;
end $$;

-- Why: an administrator whose password was reset holds no right until they chose their own and somebody vouched for
-- them; the token they had given went on all the while. What its maker could not do, it cannot.
create or replace function identity.answers_for_token(maker uuid, facility uuid, role text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from identity.account_user u
    join identity.role r on r.key = role
    where u.id = maker and u.disabled_at is null and not u.must_change_password
      and (u.credential_by is null or u.vouched_at is not null)
      and identity.managing_rank(u.id, facility) >= r.rank)
$$;
