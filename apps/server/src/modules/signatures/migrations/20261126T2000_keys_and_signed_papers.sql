-- Why: a person signs with a key of their own, and a paper takes one signature after another. A key lies here sealed
-- twice, by its owner's passphrase and by the installation; a paper is its first bytes and what each signer appended:
-- the row with the next number says whose turn it is.
create table signatures.signing_key (
  id uuid primary key,
  person_id uuid not null references identity.person,
  -- by which master key of the installation, and the key of this row under it
  key_id text not null,
  sealed_key bytea not null,
  -- the private key; gone with its removal
  sealed bytea,
  -- DER
  certificate bytea not null,
  chain bytea[] not null default '{}',
  holder text not null,
  issuer text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  is_trial boolean not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  check ((removed_at is null) = (sealed is not null))
);
create unique index signing_key_of on signatures.signing_key (person_id) where removed_at is null;

-- An unlocked key for a while: sealed under a word that only the signer's page holds.
create table signatures.unlocking (
  token_hash bytea primary key check (length(token_hash) = 32),
  person_id uuid not null references identity.person,
  signing_key_id uuid not null references signatures.signing_key,
  sealed bytea not null,
  until timestamptz not null
);
create index unlocking_until on signatures.unlocking (until);
create index unlocking_person on signatures.unlocking (person_id);
create index unlocking_key on signatures.unlocking (signing_key_id);

create table signatures.document (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null,
  patient_id uuid references records.patient,
  -- of the exact version, as its owner compares it
  document_digest text not null,
  made_at timestamptz not null,
  -- after the last signature nothing is appended any more
  locked_at timestamptz,
  unique (subject_kind, subject_id, document_digest)
);
create index document_patient on signatures.document (patient_id);

create table signatures.revision (
  document_id uuid not null references signatures.document,
  -- 0 is the paper as it was drawn; two signers of one moment want the same number, and the later one signs anew
  number integer not null check (number >= 0),
  -- what is appended to the revisions before
  bytes bytea not null,
  request_id uuid unique references signatures.request,
  made_at timestamptz not null,
  primary key (document_id, number),
  check ((number = 0) = (request_id is null))
);
create function signatures.refuse_locked() returns trigger language plpgsql as $$
begin
  if exists (select from signatures.document where id = new.document_id and locked_at is not null) then
    raise exception 'the document % is locked', new.document_id;
  end if;
  return new;
end $$;
create trigger refuse_locked before insert on signatures.revision
  for each row execute function signatures.refuse_locked();

-- the authority for trials of this installation
create table signatures.trial_authority (
  id uuid primary key,
  only_one boolean not null default true unique check (only_one),
  certificate bytea not null,
  key_id text not null,
  sealed_key bytea not null,
  sealed bytea not null,
  made_at timestamptz not null
);

-- the last known lists of revoked certificates
create table signatures.revocation_list (
  url text primary key,
  bytes bytea not null,
  fetched_at timestamptz not null
);

grant select, insert on signatures.signing_key, signatures.document, signatures.revision, signatures.trial_authority
  to moinha_app;
grant update (sealed, removed_at) on signatures.signing_key to moinha_app;
grant update (locked_at) on signatures.document to moinha_app;
grant select, insert, delete on signatures.unlocking to moinha_app;
grant select, insert, update on signatures.revocation_list to moinha_app;

alter table signatures.signing_key enable row level security;
alter table signatures.signing_key force row level security;
alter table signatures.unlocking enable row level security;
alter table signatures.unlocking force row level security;
alter table signatures.document enable row level security;
alter table signatures.document force row level security;
alter table signatures.revision enable row level security;
alter table signatures.revision force row level security;
alter table signatures.trial_authority enable row level security;
alter table signatures.trial_authority force row level security;
create policy owner on signatures.signing_key to current_user using (true) with check (true);
create policy owner on signatures.unlocking to current_user using (true) with check (true);
create policy owner on signatures.document to current_user using (true) with check (true);
create policy owner on signatures.revision to current_user using (true) with check (true);
create policy owner on signatures.trial_authority to current_user using (true) with check (true);
create policy own on signatures.signing_key to moinha_app
  using ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()));
create policy own on signatures.unlocking to moinha_app
  using ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()));
-- papers are read after their owner has judged, and only so
create policy judged on signatures.document to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
create policy judged on signatures.revision to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
create policy judged on signatures.trial_authority to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
