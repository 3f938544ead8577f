-- Why: a signing service may take minutes or fail, and no transaction may wait for it. What is to be signed is written down first, signed outside, and
-- completed by whoever owns the document, if it is still the same.
create schema signatures;
create table signatures.request (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null,
  patient_id uuid references records.patient,
  signer_id uuid not null references identity.person,
  role text not null,
  -- of the document's exact version, as its owner compares it
  document_digest text not null,
  -- what the signer declares with it
  statement jsonb not null default '{}',
  -- SHA-256 over document, signer, role and statement: what the service signs
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  title text not null,
  state text not null default 'prepared' check (state in ('prepared', 'signed', 'completed', 'declined', 'void')),
  prepared_at timestamptz not null,
  -- when the service was last asked
  asked_at timestamptz,
  method text,
  proof jsonb,
  signed_at timestamptz,
  ended_at timestamptz,
  -- a code: why it came to nothing
  reason text,
  check ((method is null) = (proof is null) and (method is null) = (signed_at is null)),
  check (state not in ('signed', 'completed') or method is not null)
);
-- one open request for one signature; the same one sent again finds it
create unique index request_open on signatures.request (subject_kind, subject_id, signer_id, role) where state in ('prepared', 'signed');
create index request_waiting on signatures.request (coalesce(asked_at, prepared_at)) where state = 'prepared';

grant usage on schema signatures to moinha_app;
grant select, insert on signatures.request to moinha_app;
grant update (state, asked_at, method, proof, signed_at, ended_at, reason) on signatures.request to moinha_app;
alter table signatures.request enable row level security;
alter table signatures.request force row level security;
create policy owner on signatures.request to current_user using (true) with check (true);
create policy own on signatures.request to moinha_app
  using ((select platform.actor_kind()) = 'system' or signer_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or signer_id = (select platform.actor_person()));
