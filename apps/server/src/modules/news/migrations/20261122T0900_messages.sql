-- Why: health messages from a unit to the people of an area, in versions that are never rewritten, and proof of reading as counts.
create schema news;

create table news.message (
  id uuid primary key,
  -- in whose name: the unit whose grant let the author publish
  sender_id uuid not null references facilities.facility,
  -- to whom: everybody whose home station lies in this part of the tree
  area_id uuid not null references facilities.facility,
  status text not null default 'draft' check (status in ('draft', 'published', 'withdrawn')),
  -- the version people see
  version int not null default 1 check (version >= 1),
  edits int not null default 1,
  is_demo boolean not null default false,
  shown_from timestamptz,
  shown_until timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  published_by uuid,
  published_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  check ((status = 'draft') = (published_at is null)),
  check ((status = 'draft') = (shown_from is null)),
  check ((status = 'withdrawn') = (withdrawn_at is not null)),
  check (shown_until > shown_from)
);
create index message_feed on news.message (area_id, shown_from desc, id desc) where status = 'published';
create index message_sender on news.message (sender_id, changed_at desc, id desc);

create table news.message_version (
  message_id uuid not null references news.message on delete cascade,
  no int not null,
  title_vi text not null,
  body_vi text not null,
  title_en text not null default '',
  body_en text not null default '',
  priority text not null default 'normal' check (priority in ('normal', 'important', 'urgent')),
  from_day date,
  until_day date,
  reason text, -- why it corrects the one before
  author_id uuid,
  at timestamptz not null default now(),
  primary key (message_id, no),
  check (until_day >= from_day),
  check ((no = 1) = (reason is null))
);

-- What was shown to people is on file as it was shown: only the words of a draft change.
create function news.keep_shown_words() returns trigger language plpgsql as $$
begin
  if (select status from news.message where id = old.message_id) <> 'draft' then
    raise exception 'a version that was shown is never changed';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep_shown_words before update or delete on news.message_version for each row execute function news.keep_shown_words();

-- Who read what stays with the reader; the publisher gets counts through the system.
create table news.read_mark (
  message_id uuid not null references news.message,
  person_id uuid not null,
  version int not null,
  first_at timestamptz not null,
  at timestamptz not null,
  primary key (message_id, person_id)
);
create index read_mark_person on news.read_mark (person_id);

grant usage on schema news to moinha_app;
grant select, insert, update, delete on news.message, news.message_version to moinha_app;
grant select, insert, update on news.read_mark to moinha_app;

alter table news.read_mark enable row level security;
alter table news.read_mark force row level security;
create policy owner on news.read_mark to current_user using (true) with check (true);
create policy read_mark_own on news.read_mark for all to moinha_app
  using ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()));
