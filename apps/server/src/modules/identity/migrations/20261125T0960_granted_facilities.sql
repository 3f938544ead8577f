-- Why: the walls of the access log, of emergency openings and of consults each read grants for themselves, and none asked what the reader of sessions
-- asks: is the account open, its password its holder's own, and has somebody vouched for a holder whose password another person gave?

-- The same roles as `waitsForVouch` in identity's policy; a test compares them.
create function identity.waits_for_vouch(role text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select exists (select from identity.role_permission where role_key = role and permission in ('patient.read', 'record.break-glass', 'staff.manage')) $$;

-- Units at which the actor holds a permission: where it was granted, and all beneath. Walls ask it once per statement.
create function identity.granted_facilities(wanted text) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(array_agg(distinct below.facility_id), '{}')
  from identity.account_user u
  join identity.role_grant g on g.person_id = u.id and g.valid_until is null
  join identity.role_permission p on p.role_key = g.role_key and p.permission = wanted
  join facilities.current_path root on root.facility_id = g.facility_id
  join facilities.current_path below on below.path <@ root.path
  where u.id = platform.actor_person() and u.disabled_at is null and not u.must_change_password
    and (u.credential_by is null or u.vouched_at is not null or not identity.waits_for_vouch(g.role_key))
$$;

-- The same, where the unit is a top of the tree.
create function identity.granted_at_top(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ select exists (select from facilities.current_path
  where nlevel(path) = 1 and facility_id = any (identity.granted_facilities(wanted))) $$;

revoke execute on function identity.waits_for_vouch(text), identity.granted_facilities(text), identity.granted_at_top(text) from public;
