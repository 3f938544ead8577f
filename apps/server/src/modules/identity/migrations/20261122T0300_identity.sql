-- Why: people, their accounts and sessions, staff posts, roles granted on the facility tree, and who acts for whom.
create schema identity;
grant usage on schema identity to moinha_app;

create table identity.person (
  id uuid primary key,
  full_name text not null default '',
  sex text not null default 'unknown' check (sex in ('male', 'female', 'unknown')),
  birth_date date,
  -- never a bare number: two official orders of the 54 groups exist (domain notes on codes, §3.5)
  ethnicity_system text,
  ethnicity_code text,
  phone text check (phone ~ '^\+84\d{9}$'),
  language text not null default 'vi' check (language in ('vi', 'en')),
  created_at timestamptz not null default now(),
  created_by uuid references identity.person,
  check ((ethnicity_system is null) = (ethnicity_code is null))
);
create index person_search on identity.person using gin (platform.fold(full_name) gin_trgm_ops);
create index person_created_by on identity.person (created_by) where created_by is not null;
create index person_phone on identity.person (phone) where phone is not null;

create table identity.person_identifier (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references identity.person,
  system text not null,
  value text not null,
  valid_from date not null default current_date,
  valid_until date,
  check (valid_until is null or valid_until >= valid_from)
);
create index person_identifier_person on identity.person_identifier (person_id);
create unique index person_identifier_live on identity.person_identifier (system, value) where valid_until is null;

-- ---- accounts: the tables of better-auth under our names ----
create table identity.account_user (
  id uuid primary key references identity.person,
  kind text not null default 'citizen' check (kind in ('citizen', 'staff')),
  name text not null default '',
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  phone text unique,
  phone_verified boolean not null default false,
  username text unique,
  totp_enabled boolean not null default false,
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- a staff account has no phone door beside its password, a citizen no password door beside the phone
  check ((kind = 'staff' and phone is null and username is not null) or (kind = 'citizen' and username is null))
);

create table identity.account_session (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references identity.account_user on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_session_user on identity.account_session (user_id);
create index account_session_expiry on identity.account_session (expires_at);

create table identity.account_credential (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references identity.account_user on delete cascade,
  account_id text not null,
  provider_id text not null,
  issuer text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_credential_user on identity.account_credential (user_id);

create table identity.account_verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_verification_identifier on identity.account_verification (identifier);

create table identity.account_totp (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references identity.account_user on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_count int not null default 0,
  locked_until timestamptz
);

-- An account is always somebody: the person appears in the same statement. Defined by the owner, for row-level security.
create function identity.person_of_account() returns trigger
language plpgsql security definer set search_path = identity, pg_catalog
as $$ begin
  insert into identity.person (id, full_name, phone) values (new.id, new.name, new.phone) on conflict (id) do nothing;
  new.name := '';
  return new;
end $$;
create trigger person_of_account before insert on identity.account_user for each row execute function identity.person_of_account();

-- Tries of the same thing in a window; survives a refused request, which is undone otherwise. Keys are hashes.
create table identity.throttle (
  key text primary key,
  window_started_at timestamptz not null,
  count int not null,
  blocked_until timestamptz
);

-- Who signed in, from where, with which result. Kept for the 12 months of domain notes on regulations, §8.3 [C].
create table identity.sign_in_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  person_id uuid,
  method text not null check (method in ('otp', 'password', 'totp', 'demo')),
  outcome text not null,
  address text,
  port int,
  device text
);
create index sign_in_event_person on identity.sign_in_event (person_id, at desc);
create index sign_in_event_at on identity.sign_in_event using brin (at);

-- Figures of a decree or of a house rule, which an installation may change without a release.
create table identity.setting (
  key text primary key,
  value int not null check (value > 0),
  source text not null
);
insert into identity.setting (key, value, source) values
  ('staff_idle_minutes', 240, 'house rule: a half-day of work without signing in again'),
  ('staff_absolute_hours', 12, 'house rule: one shift'),
  ('citizen_idle_days', 30, 'house rule: a phone is one person''s'),
  ('citizen_absolute_days', 90, 'house rule'),
  ('staff_account_idle_days', 45, 'regulations §8.3 [C]: accounts idle 45 days are closed'),
  ('staff_password_min_with_totp', 8, 'regulations §8.3 [C]'),
  ('staff_password_min_without_totp', 14, 'regulations §8.3 [C]'),
  ('sign_in_log_months', 12, 'regulations §8.3 [C]');

-- ---- texts on their way to a phone ----
create table identity.sms_outbox (
  id uuid primary key default gen_random_uuid(),
  to_phone text not null,
  -- emptied once sent or given up: a code must not lie about
  body text,
  purpose text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  tries int not null default 0,
  last_error text,
  reference text,
  valid_until timestamptz not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index sms_outbox_state on identity.sms_outbox (state, created_at);

-- ---- staff ----
create table identity.staff_post (
  id uuid primary key,
  person_id uuid not null references identity.person,
  facility_id uuid not null references facilities.facility,
  title text not null,
  degree text not null default '',
  specialties text[] not null default '{}',
  licence_no text not null default '',
  licence_issuer text not null default '',
  licence_date date,
  licence_scope text not null default '',
  weekly_hours int check (weekly_hours between 1 and 80),
  is_public boolean not null default true,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  check (valid_until is null or valid_until >= valid_from)
);
create index staff_post_facility on identity.staff_post (facility_id) where valid_until is null;
create index staff_post_person on identity.staff_post (person_id);

-- Roles are data; `rank` orders who may grant what.
create table identity.role (
  key text primary key,
  name_vi text not null,
  name_en text not null,
  rank int not null
);
-- Permissions this database has met; a new one of a release arrives with its default roles, once.
create table identity.permission (key text primary key);
create table identity.role_permission (
  role_key text not null references identity.role on delete cascade,
  permission text not null references identity.permission on delete cascade,
  primary key (role_key, permission)
);

create table identity.role_grant (
  id uuid primary key,
  person_id uuid not null references identity.person,
  role_key text not null references identity.role,
  facility_id uuid not null references facilities.facility,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  granted_by uuid references identity.person,
  revoked_by uuid references identity.person
);
create index role_grant_person on identity.role_grant (person_id) where valid_until is null;
create index role_grant_facility on identity.role_grant (facility_id) where valid_until is null;
create unique index role_grant_live on identity.role_grant (person_id, role_key, facility_id) where valid_until is null;

-- ---- family: who acts for whom ----
create table identity.family_member (
  id uuid primary key default gen_random_uuid(),
  guardian_id uuid not null references identity.person,
  dependant_id uuid not null references identity.person,
  relation text not null check (relation in ('child', 'parent', 'spouse', 'grandparent', 'grandchild', 'sibling', 'ward', 'other')),
  consent_version text not null,
  created_by uuid references identity.person,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  check (guardian_id <> dependant_id)
);
create unique index family_member_live on identity.family_member (guardian_id, dependant_id) where valid_until is null;
create index family_member_dependant on identity.family_member (dependant_id) where valid_until is null;

-- ---- what the application may do ----
grant select, insert, update on identity.person, identity.person_identifier, identity.account_user, identity.staff_post, identity.role_grant, identity.family_member to moinha_app;
grant select, insert, update, delete on identity.account_session, identity.account_credential, identity.account_verification, identity.account_totp,
  identity.throttle, identity.role, identity.permission, identity.role_permission to moinha_app;
grant select, insert, update on identity.sms_outbox to moinha_app;
grant select, insert, delete on identity.sign_in_event to moinha_app;
grant select, update on identity.setting to moinha_app;

-- Is this person (or was) staff? Asked by the policy below, so that it does not depend on the asker's own view.
create function identity.has_post(person uuid) returns boolean
language sql stable
as $$ select exists (select from identity.staff_post where person_id = person) $$;
create function identity.has_public_post(person uuid) returns boolean
language sql stable
as $$ select exists (select from identity.staff_post where person_id = person and is_public and valid_until is null) $$;
grant execute on function identity.has_post(uuid), identity.has_public_post(uuid) to moinha_app;

-- ---- the second wall ----
-- The owner passes (its functions need it); the application sees: oneself and those one acts for, rows one typed,
-- staff rows as signed-in staff, published staff as anyone. `records` adds a policy for patients under care.
alter table identity.person enable row level security;
alter table identity.person force row level security;
create policy owner on identity.person to current_user using (true) with check (true);
create policy see on identity.person for select to moinha_app using (
  platform.actor_kind() = 'system'
  or id = any (platform.actor_people())
  or created_by = platform.actor_person()
  or (platform.actor_kind() = 'staff' and identity.has_post(id))
  or identity.has_public_post(id)
);
create policy add on identity.person for insert to moinha_app with check (
  platform.actor_kind() = 'system' or (created_by = platform.actor_person())
);
create policy change on identity.person for update to moinha_app using (
  platform.actor_kind() = 'system'
  or id = any (platform.actor_people())
  or (platform.actor_kind() = 'staff' and (identity.has_post(id) or created_by = platform.actor_person()))
);

alter table identity.person_identifier enable row level security;
alter table identity.person_identifier force row level security;
create policy owner on identity.person_identifier to current_user using (true) with check (true);
create policy own on identity.person_identifier to moinha_app using (
  platform.actor_kind() = 'system' or person_id = any (platform.actor_people())
);

alter table identity.family_member enable row level security;
alter table identity.family_member force row level security;
create policy owner on identity.family_member to current_user using (true) with check (true);
create policy own on identity.family_member to moinha_app using (
  platform.actor_kind() = 'system' or guardian_id = platform.actor_person() or dependant_id = platform.actor_person()
) with check (
  platform.actor_kind() = 'system'
  -- one may only take under one's care a person one declared oneself, never somebody who already exists
  or (guardian_id = platform.actor_person() and exists (select from identity.person p where p.id = dependant_id and p.created_by = platform.actor_person()))
);

alter table identity.sms_outbox enable row level security;
alter table identity.sms_outbox force row level security;
create policy owner on identity.sms_outbox to current_user using (true) with check (true);
create policy queue on identity.sms_outbox for insert to moinha_app with check (state = 'queued');
create policy work_off on identity.sms_outbox to moinha_app using (platform.actor_kind() = 'system');
