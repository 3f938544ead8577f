-- Why: photos, documents and recordings are files; what they are, whose, and how they are sealed stands here, their
-- bytes stand on a disk.
create table platform.file (
  id uuid primary key,
  -- declared by the module that keeps the file (uploadPurposes), and the thing of that module it belongs to
  purpose text not null check (length(purpose) between 1 and 60),
  subject_id uuid not null,
  -- as the sender called it; never in an address or a log
  name text not null check (length(name) <= 200),
  -- the media type as its sender said it
  said_type text not null default '' check (length(said_type) <= 200),
  -- what the purpose asks to be told beside the bytes
  detail jsonb not null default '{}',
  -- read off the bytes, never taken from the sender
  media_type text,
  size bigint not null check (size > 0),
  sha256 bytea check (length(sha256) = 32),
  -- the file's own key, sealed with the master key of this name
  key_id text not null,
  sealed_key bytea not null,
  created_by uuid,
  created_at timestamptz not null,
  completed_at timestamptz,
  -- why its bytes were not taken: a code of the errors
  refused_as text,
  -- not to be removed before
  retain_until timestamptz,
  deleted_at timestamptz,
  check (completed_at is null or (media_type is not null and sha256 is not null and refused_as is null))
);
create index file_unfinished on platform.file (created_by, created_at)
  where completed_at is null and refused_as is null and deleted_at is null;
create index file_unfinished_since on platform.file (created_at)
  where completed_at is null and deleted_at is null;

grant select, insert, update on platform.file to moinha_app;
alter table platform.file enable row level security;
alter table platform.file force row level security;
create policy owner on platform.file to current_user using (true) with check (true);
-- a module asks as the system, after its own policy said yes; past that only whoever sends a file sees its row
create policy system on platform.file to moinha_app using ((select platform.actor_kind()) = 'system')
  with check ((select platform.actor_kind()) = 'system');
create policy sender_sees on platform.file for select to moinha_app
  using (created_by = (select platform.actor_person()));

-- One request writes to a file at a time, whichever process it came to; who died lets go by itself. Not worth a log
-- of its own.
create unlogged table platform.file_lock (
  file_id uuid primary key,
  token uuid not null,
  until timestamptz not null,
  -- another request waits: the first one, perhaps on a dead line, is to let go
  wanted boolean not null default false
);
grant select, insert, update, delete on platform.file_lock to moinha_app;
