-- Why: ids are minted by whoever asks, so a program could be given a person's id and be taken for them wherever an id
-- alone is asked. No id is both, and no program holds what was granted to a person.

-- One that carries a person's id already ends; whoever gave it ended it.
update identity.service_account s set revoked_at = now(), revoked_by = s.created_by
  where s.revoked_at is null and exists (select from identity.person p where p.id = s.id);

create or replace function identity.add_service_account(account_id uuid, facility uuid, fields jsonb, request text)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  actor uuid;
  needed int;
  wanted text[] := array(select distinct jsonb_array_elements_text(fields -> 'scopes') order by 1);
  kept identity.service_account;
begin
  select r.rank into needed from identity.role r where r.key = fields ->> 'role' and r.key <> 'citizen';
  if not found then perform identity.refuse('ROLE_UNKNOWN'); end if;
  actor := identity.require_manager(facility, needed);
  if actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  if exists (
    select from unnest(wanted) as w(permission)
    where w.permission not in (select s.permission from identity.service_scope s)
      or w.permission not in (select p.permission from identity.role_permission p where p.role_key = fields ->> 'role')
  ) then perform identity.refuse('SCOPE_NOT_IN_ROLE'); end if;
  -- whoever is writing people down now is waited for: their ids are seen below
  lock table identity.person in share mode;
  if exists (select from identity.person p where p.id = account_id) then perform identity.refuse('ID_TAKEN'); end if;
  insert into identity.service_account (id, facility_id, name, role_key, scopes, prefix, token_hash, created_by,
      expires_at)
    values (account_id, facility, fields ->> 'name', fields ->> 'role', wanted, fields ->> 'prefix', fields ->> 'hash',
      actor, now() + make_interval(days => (fields ->> 'days')::int))
    on conflict (id) do nothing;
  if found then
    perform identity.note(request, 'identity.addServiceAccount', 'service_account', account_id, facility,
      jsonb_build_object('role', fields ->> 'role', 'scopes', to_jsonb(wanted)));
    return true;
  end if;
  select * into kept from identity.service_account where id = account_id;
  if kept.facility_id <> facility or kept.created_by <> actor then perform identity.refuse('ID_TAKEN'); end if;
  return false;
end $$;

create function identity.refuse_id_of_program() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  if exists (select from identity.service_account s where s.id = new.id) then
    perform identity.refuse('ID_TAKEN');
  end if;
  return new;
end $$;
revoke execute on function identity.refuse_id_of_program() from public;
create trigger id_of_no_program before insert on identity.person
  for each row execute function identity.refuse_id_of_program();

create or replace function identity.granted_facilities(wanted text) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(array_agg(distinct below.facility_id), '{}')
  from identity.account_user u
  join identity.role_grant g on g.person_id = u.id and g.valid_until is null
  join identity.role_permission p on p.role_key = g.role_key and p.permission = wanted
  join facilities.current_path root on root.facility_id = g.facility_id
  join facilities.current_path below on below.path <@ root.path
  where u.id = platform.actor_person() and platform.actor_kind() <> 'service'
    and u.disabled_at is null and not u.must_change_password
    and (u.credential_by is null or u.vouched_at is not null or not identity.waits_for_vouch(g.role_key))
$$;
