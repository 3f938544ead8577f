-- Why: whoever gets a first password from another person shares it with them. A one-time code (the link of the first administrators, a printed slip)
-- lets people set their own: hashed, dated, used once, one at a time for each account.
create table identity.first_code (
  person_id uuid primary key references identity.account_user on delete cascade,
  code_hash text not null unique,
  purpose text not null check (purpose in ('administrator', 'slip')),
  made_at timestamptz not null default now(),
  made_by uuid references identity.person,
  expires_at timestamptz not null,
  used_at timestamptz
);
grant select, update (used_at) on identity.first_code to moinha_auth;

insert into identity.setting (key, value, source) values
  ('administrator_link_hours', 72, 'house rule: a working day, and the weekend before it'),
  ('slip_hours', 168, 'house rule: a week, so that whoever is on leave finds the slip still good');

alter table identity.sign_in_event drop constraint sign_in_event_method_check,
  add constraint sign_in_event_method_check check (method in ('otp', 'password', 'totp', 'demo', 'first-code', 'pin'));
