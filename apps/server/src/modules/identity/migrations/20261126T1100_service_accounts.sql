-- Why: other software (a hospital's own system, a province's data store) reads and writes without a person's
-- session. Each program is an account of its own, with one token that is shown once and kept as a hash.

-- What a program may ever hold. Nothing that opens a patient's record, an account or the access log,
-- and nothing a person must answer for with their licence.
create table identity.service_scope (permission text primary key);
insert into identity.service_scope (permission) values
  ('facility.read'), ('staff.read'), ('roster.read'), ('roster.manage'), ('report.read'), ('target.register');

create table identity.service_account (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  name text not null check (length(name) between 1 and 80),
  role_key text not null references identity.role,
  scopes text[] not null check (cardinality(scopes) between 1 and 40),
  -- the beginning of the token, by which people recognise it
  prefix text not null unique,
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  created_by uuid not null references identity.person,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references identity.person,
  check (expires_at > created_at and expires_at <= created_at + interval '365 days'),
  check ((revoked_at is null) = (revoked_by is null))
);
create index service_account_facility on identity.service_account (facility_id, id desc);
create index service_account_created_by on identity.service_account (created_by);

-- The application knows everything but the hash, and changes accounts only through the functions below.
grant select (id, facility_id, name, role_key, scopes, prefix, created_at, created_by, expires_at, last_used_at,
    revoked_at, revoked_by)
  on identity.service_account to moinha_app;
grant select on identity.service_scope to moinha_app, moinha_auth;
grant select, update (last_used_at) on identity.service_account to moinha_auth;

-- A program that reads staff or rosters sees who they are; nobody else of `person`.
create policy see_as_service on identity.person for select to moinha_app
  using (platform.actor_kind() = 'service' and identity.has_practitioner_role(id));

-- A new account with its token's hash; false where this very account stands already. Never above the maker's own role,
-- never more than the role holds, never what no program may hold.
create function identity.add_service_account(account_id uuid, facility uuid, fields jsonb, request text) returns boolean
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

-- Ends a token at once; the second time changes nothing.
create function identity.revoke_service_account(account_id uuid, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  kept identity.service_account;
  actor uuid;
begin
  select * into kept from identity.service_account where id = account_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  actor := identity.require_manager(kept.facility_id, 0);
  if actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  update identity.service_account set revoked_at = now(), revoked_by = actor
    where id = account_id and revoked_at is null;
  if not found then return; end if;
  perform identity.note(request, 'identity.revokeServiceAccount', 'service_account', account_id, kept.facility_id);
end $$;

revoke execute on function identity.add_service_account(uuid, uuid, jsonb, text),
  identity.revoke_service_account(uuid, text) from public;
grant execute on function identity.add_service_account(uuid, uuid, jsonb, text),
  identity.revoke_service_account(uuid, text) to moinha_app;
