-- Why: an existing patient becomes somebody's dependant by a code sent to the phone of the record. A claim answers alike whether or not
-- the person exists: `patient_id` stays empty where nobody fits, and no citizen reads this table.
create table records.proxy_claim (
  id uuid primary key,
  guardian_id uuid not null references identity.person,
  patient_id uuid references records.patient,
  relation text not null,
  consent_version text not null,
  code_hash text, -- with the server's key; empty until the text was queued
  tries int not null default 0,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  created_at timestamptz not null default now()
);
create index proxy_claim_expiry on records.proxy_claim (expires_at);
grant select, insert, update, delete on records.proxy_claim to moinha_app;
alter table records.proxy_claim enable row level security;
create policy keep on records.proxy_claim to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
