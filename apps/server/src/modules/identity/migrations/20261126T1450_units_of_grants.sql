-- Why: a unit is invited to a meeting, not all that stand above it: walls of meetings ask at which very units somebody
-- holds a permission. The same accounts count as in `identity.granted_facilities`.
create function identity.units_of_grants(wanted text) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(array_agg(distinct g.facility_id), '{}')
  from identity.account_user u
  join identity.role_grant g on g.person_id = u.id and g.valid_until is null
  join identity.role_permission p on p.role_key = g.role_key and p.permission = wanted
  where u.id = platform.actor_person() and platform.actor_kind() <> 'service'
    and u.disabled_at is null and not u.must_change_password
    and (u.credential_by is null or u.vouched_at is not null or not identity.waits_for_vouch(g.role_key))
$$;
revoke execute on function identity.units_of_grants(text) from public;
