-- Why: whoever gets a statement into the application's connection must neither read a password, a code or a session, nor hand out a role
-- unseen. Accounts belong to a login of their own, and grants, posts and accounts change only through the owner's functions, which judge and audit.

do $$ begin
  if not exists (select from pg_roles where rolname = 'moinha_auth') then
    create role moinha_auth nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end $$;

-- ---- who stands behind an account ----
-- An administrator who made or reset a password knows it. Clinical roles wait until somebody else vouched for the person.
alter table identity.account_user
  add column credential_by uuid references identity.person,
  add column credential_at timestamptz,
  add column vouched_by uuid references identity.person,
  add column vouched_at timestamptz,
  add check ((credential_by is null) = (credential_at is null)),
  add check (vouched_by is null or (vouched_by <> id and vouched_by is distinct from credential_by));
create index account_user_credential_by on identity.account_user (credential_by) where credential_by is not null;
create index role_grant_granted_by on identity.role_grant (granted_by) where granted_by is not null;
insert into identity.setting (key, value, source) values
  ('grant_circle_days', 30, 'house rule: whom one made, reset or granted in this time cannot give one a clinical role');

-- What people must know of an account though nobody asked: its password was reset, its second factor removed, it waits to be vouched for.
create table identity.account_notice (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default now(),
  recipient_id uuid not null references identity.person,
  person_id uuid not null references identity.person,
  by_id uuid references identity.person,
  kind text not null check (kind in ('password-reset', 'totp-removed', 'account-made')),
  seen_at timestamptz
);
create index account_notice_recipient on identity.account_notice (recipient_id, at desc, id desc);
alter table identity.account_notice enable row level security;
create policy own on identity.account_notice to moinha_app using (recipient_id = platform.actor_person());
grant select on identity.account_notice to moinha_app;
grant update (seen_at) on identity.account_notice to moinha_app;

-- ---- one-time codes, hashed with the installation's secret; sessions, hashed ----
create table identity.one_time_code (
  key text primary key,
  code_hash text not null,
  expires_at timestamptz not null
);
delete from identity.account_verification;
update identity.account_session set token = encode(sha256(convert_to(token, 'UTF8')), 'hex');

-- A browser that has signed in to an account before; strangers cannot shut it out.
create table identity.known_device (
  account_id uuid not null references identity.account_user on delete cascade,
  device_hash text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (account_id, device_hash)
);
create index known_device_last_seen on identity.known_device (last_seen_at);

-- ---- the wall ----
revoke all on identity.account_session, identity.account_credential, identity.account_verification, identity.account_totp,
  identity.throttle, identity.sign_in_event from moinha_app;
revoke insert, update, delete on identity.account_user, identity.staff_post, identity.role_grant, identity.role, identity.permission,
  identity.role_permission, identity.setting from moinha_app;
-- a text holds a code until it is sent
revoke select, update, delete on identity.sms_outbox from moinha_app;
drop policy work_off on identity.sms_outbox;

grant usage on schema identity, platform, facilities to moinha_auth;
grant select on platform.seed_mark to moinha_auth;
grant select, insert, update, delete on identity.account_session, identity.account_credential, identity.account_verification,
  identity.account_totp, identity.throttle, identity.one_time_code, identity.known_device to moinha_auth;
grant select, insert, update on identity.account_user to moinha_auth;
grant select, delete on identity.sign_in_event to moinha_auth;
grant select on identity.setting, identity.role_grant, identity.role_permission, identity.staff_post, identity.family_member to moinha_auth;
grant select on facilities.current_path to moinha_auth;
grant select (id, full_name, language), update (full_name) on identity.person to moinha_auth;
grant select, update on identity.sms_outbox to moinha_auth;
create policy auth_names on identity.person for select to moinha_auth using (true);
create policy auth_names_given on identity.person for update to moinha_auth using (full_name = '');
create policy auth_reads on identity.family_member for select to moinha_auth using (true);
create policy auth_sends on identity.sms_outbox to moinha_auth using (true);

-- ---- what the owner's functions share; nobody else calls these ----
create function identity.refuse(code text) returns void language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin raise exception using errcode = 'MN403', message = code; end $$;

create function identity.note(
  request text, action text, subject text, subject_id uuid, facility uuid default null, detail jsonb default null
) returns void language sql security definer set search_path = pg_catalog, pg_temp
as $$ select audit.write_entry(jsonb_build_object('request_id', request, 'action', action, 'subject', subject,
  'subject_id', subject_id, 'facility_id', facility, 'detail', detail)) $$;

-- How high somebody stands over the staff of a unit: the highest role that manages staff there, −1 without one.
create function identity.managing_rank(manager uuid, facility uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select coalesce(max(r.rank), -1)
  from identity.role_grant g
  join identity.role r on r.key = g.role_key
  join identity.role_permission p on p.role_key = g.role_key and p.permission = 'staff.manage'
  join facilities.current_path own on own.facility_id = g.facility_id
  join facilities.current_path target on target.facility_id = facility
  where g.person_id = manager and g.valid_until is null
    and (target.path::text = own.path::text or starts_with(target.path::text, own.path::text || '.')) $$;

-- The staff member who acts, or null for the system, which acts only while a demo is being loaded.
create function identity.acting_staff() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := platform.actor_person();
begin
  if platform.actor_kind() = 'system' and exists (select from platform.seed_mark where name = 'identity people') then return null; end if;
  if platform.actor_kind() <> 'staff' or actor is null
    or not exists (select from identity.account_user where id = actor and kind = 'staff' and disabled_at is null) then
    perform identity.refuse('NOT_ALLOWED');
  end if;
  return actor;
end $$;

create function identity.require_manager(facility uuid, needed int) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.acting_staff(); own int;
begin
  if actor is null then return null; end if;
  own := identity.managing_rank(actor, facility);
  if own < 0 then perform identity.refuse('FOREIGN_UNIT'); end if;
  if own < needed then perform identity.refuse('ROLE_ABOVE_YOURS'); end if;
  return actor;
end $$;

-- Stands the actor over the whole account: every post and every role the person holds?
create function identity.require_over_account(person uuid) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.acting_staff();
begin
  if actor = person then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  if actor is null then return null; end if;
  if not exists (select from identity.account_user where id = person and kind = 'staff') then perform identity.refuse('NOT_FOUND'); end if;
  if exists (select from identity.staff_post s where s.person_id = person and s.valid_until is null
      and identity.managing_rank(actor, s.facility_id) < 0)
    or exists (select from identity.role_grant g join identity.role r on r.key = g.role_key
      where g.person_id = person and g.valid_until is null and identity.managing_rank(actor, g.facility_id) < r.rank)
    or not exists (select from identity.staff_post s where s.person_id = person and identity.managing_rank(actor, s.facility_id) >= 0
      union all select from identity.role_grant g where g.person_id = person and identity.managing_rank(actor, g.facility_id) >= 0) then
    perform identity.refuse('STAFF_ABOVE_YOU');
  end if;
  return actor;
end $$;

create function identity.is_clinical(role text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select exists (select from identity.role_permission where role_key = role and permission in ('patient.read', 'record.break-glass')) $$;

-- Did `root` lately make, reset or grant this person, directly or through others? Then the person cannot give `root` a clinical role.
create function identity.stems_from(person uuid, root uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with recursive since as (select now() - make_interval(days => value) as at from identity.setting where key = 'grant_circle_days'),
  given as (
    select granted_by as giver, person_id as receiver from identity.role_grant, since where granted_by is not null and valid_from > since.at
    union all
    select credential_by, id from identity.account_user, since where credential_by is not null and credential_at > since.at
  ),
  reached(id) as (select root union select given.receiver from reached join given on given.giver = reached.id)
  select person <> root and exists (select from reached where id = person)
$$;

-- Tells the person, and whoever else manages staff at the person's units, what was done to the account.
create function identity.tell_heads(about uuid, what text) returns void
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  insert into identity.account_notice (recipient_id, person_id, by_id, kind)
  select about, about, platform.actor_person(), what where what <> 'account-made'
  union
  select g.person_id, about, platform.actor_person(), what
  from identity.role_grant g
  join identity.role_permission p on p.role_key = g.role_key and p.permission = 'staff.manage'
  join facilities.current_path own on own.facility_id = g.facility_id
  where g.valid_until is null and g.person_id <> about and g.person_id is distinct from platform.actor_person()
    and exists (select from identity.staff_post s join facilities.current_path place on place.facility_id = s.facility_id
      where s.person_id = about and s.valid_until is null
        and (place.path::text = own.path::text or starts_with(place.path::text, own.path::text || '.')))
$$;

-- ---- accounts ----
-- Person and account of a colleague; false where the user name is taken. Only for a person the actor has just written down.
create function identity.add_staff_account(
  person uuid, username text, password_hash text, must_change boolean, request text
) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.acting_staff();
begin
  if actor is not null then
    if not exists (select from identity.role_grant g join identity.role_permission p on p.role_key = g.role_key and p.permission = 'staff.manage'
      where g.person_id = actor and g.valid_until is null) then perform identity.refuse('NOT_ALLOWED'); end if;
    if not exists (select from identity.person p where p.id = person and p.created_by = actor) then perform identity.refuse('ID_TAKEN'); end if;
  end if;
  insert into identity.account_user (id, kind, email, username, must_change_password, credential_by, credential_at)
    values (person, 'staff', person || '@account.invalid', username, must_change, actor, case when actor is not null then now() end)
    on conflict do nothing;
  if not found then return false; end if;
  insert into identity.account_credential (user_id, account_id, provider_id, password) values (person, person::text, 'credential', password_hash);
  perform identity.note(request, 'identity.addStaffAccount', 'account', person);
  return true;
end $$;

-- A citizen of the demo; elsewhere citizens make their accounts by signing in.
create function identity.add_demo_citizen(person uuid, phone text, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  if identity.acting_staff() is not null then perform identity.refuse('NOT_ALLOWED'); end if;
  insert into identity.account_user (id, kind, email, phone, phone_verified) values (person, 'citizen', person || '@account.invalid', phone, true);
  perform identity.note(request, 'identity.addDemoCitizen', 'account', person);
end $$;

-- A new password by an administrator. A second factor is never removed by the one who also gave the person's roles or password lately.
create function identity.reset_password(person uuid, password_hash text, also_totp boolean, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.require_over_account(person);
begin
  if also_totp and (exists (select from identity.role_grant where person_id = person and valid_until is null and granted_by = actor)
    or exists (select from identity.account_user where id = person and credential_by = actor)) then
    perform identity.refuse('SECOND_ADMIN_NEEDED');
  end if;
  update identity.account_credential set password = password_hash, updated_at = now() where user_id = person and provider_id = 'credential';
  update identity.account_user set must_change_password = true, last_sign_in_at = now(), credential_by = actor, credential_at = now(),
    vouched_by = null, vouched_at = null, totp_enabled = totp_enabled and not also_totp where id = person;
  if also_totp then delete from identity.account_totp where user_id = person; end if;
  delete from identity.account_session where user_id = person;
  perform identity.tell_heads(person, 'password-reset');
  if also_totp then perform identity.tell_heads(person, 'totp-removed'); end if;
  perform identity.note(request, 'identity.resetPassword', 'account', person, null, jsonb_build_object('alsoTotp', also_totp));
end $$;

create function identity.set_disabled(person uuid, disabled boolean, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform identity.require_over_account(person);
  if disabled then
    update identity.account_user set disabled_at = now() where id = person;
    delete from identity.account_session where user_id = person;
  else
    update identity.account_user set disabled_at = null, last_sign_in_at = now() where id = person;
  end if;
  perform identity.note(request, 'identity.setDisabled', 'account', person, null, jsonb_build_object('disabled', disabled));
end $$;

-- Somebody else than the one who gave the password says: this is who works here. Answers the unit it was said for.
create function identity.vouch(person uuid, request text) returns uuid
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
  update identity.account_user set vouched_by = actor, vouched_at = now() where id = person;
  perform identity.note(request, 'identity.vouch', 'account', person, unit);
  return unit;
end $$;

-- ---- roles ----
create function identity.grant_role(id uuid, person uuid, role text, facility uuid, since timestamptz, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare needed int; actor uuid; kept identity.role_grant;
begin
  select r.rank into needed from identity.role r where r.key = role and r.key <> 'citizen';
  if not found then perform identity.refuse('ROLE_UNKNOWN'); end if;
  actor := identity.require_manager(facility, needed);
  if actor = person then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  if identity.is_clinical(role) and identity.stems_from(actor, person) then perform identity.refuse('GRANT_IN_A_CIRCLE'); end if;
  insert into identity.role_grant (id, person_id, role_key, facility_id, granted_by, valid_from)
    values (grant_role.id, person, role, facility, actor, case when actor is null then since else now() end) on conflict do nothing;
  if found then
    perform identity.note(request, 'identity.grantRole', 'role_grant', grant_role.id, facility, jsonb_build_object('role', role, 'person', person));
    return;
  end if;
  select * into kept from identity.role_grant g where g.id = grant_role.id;
  if found and (kept.person_id <> person or kept.role_key <> role or kept.facility_id <> facility) then perform identity.refuse('ID_TAKEN'); end if;
end $$;

-- Takes a role back; false where it had ended already.
create function identity.revoke_grant(grant_id uuid, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare held record; actor uuid;
begin
  select g.person_id, g.facility_id, g.role_key, r.rank into held
    from identity.role_grant g join identity.role r on r.key = g.role_key where g.id = grant_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  actor := identity.require_manager(held.facility_id, held.rank);
  if actor = held.person_id then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  update identity.role_grant set valid_until = greatest(valid_from, now()), revoked_by = actor where id = grant_id and valid_until is null;
  if not found then return false; end if;
  perform identity.note(request, 'identity.revokeGrant', 'role_grant', grant_id, held.facility_id,
    jsonb_build_object('role', held.role_key, 'person', held.person_id));
  return true;
end $$;

-- Roles and permissions of a release; what an administrator changed later stays. Called by identity's own login at boot.
create function identity.add_release_roles(roles jsonb, pairs jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare fresh text[];
begin
  insert into identity.role (key, name_vi, name_en, rank)
    select key, name_vi, name_en, rank from jsonb_to_recordset(roles) as r(key text, name_vi text, name_en text, rank int) on conflict do nothing;
  with added as (insert into identity.permission (key) select distinct permission from jsonb_to_recordset(pairs) as p(permission text)
    on conflict do nothing returning key)
  select coalesce(array_agg(key), '{}') into fresh from added;
  if fresh = '{}' then return; end if;
  insert into identity.role_permission (role_key, permission)
    select p.role, p.permission from jsonb_to_recordset(pairs) as p(role text, permission text)
    where p.role is not null and p.permission = any (fresh) on conflict do nothing;
  perform audit.write_entry(jsonb_build_object('request_id', 'system', 'actor_kind', 'system',
    'action', 'identity.addReleaseRoles', 'subject', 'role', 'detail', jsonb_build_object('permissions', fresh)));
end $$;

-- ---- sign-ins, written down by identity's own login ----
create function identity.note_sign_in(
  how text, result text, person uuid, from_address text, from_port int, with_device text, request text
) returns void language sql security definer set search_path = pg_catalog, pg_temp
as $$
  insert into identity.sign_in_event (method, outcome, person_id, address, port, device)
    values (how, result, person, from_address, from_port, with_device);
  select audit.write_entry(jsonb_build_object('request_id', request, 'actor_kind', 'anonymous', 'actor_id', person,
    'action', 'identity.signIn', 'subject', 'account', 'subject_id', person,
    'outcome', case when result = 'done' then 'done' else 'refused' end,
    'detail', jsonb_build_object('method', how, 'code', result)));
$$;
