-- Why: what is written in a visit is kept with it, and is what remains where no sound and picture get through.
create table calls.message (
  id uuid primary key,
  visit_id uuid not null references calls.visit,
  -- the member, and whose account wrote: themselves, or somebody who acts for them
  author_id uuid not null,
  written_by uuid not null,
  kind text not null check (kind in ('text', 'call_back')),
  text text check (length(text) between 1 and 4000),
  at timestamptz not null,
  -- a wish to be called by telephone waits until somebody says that it is settled
  done_at timestamptz,
  done_by uuid,
  changed_xid xid8 not null default pg_current_xact_id(),
  foreign key (visit_id, author_id) references calls.member (visit_id, person_id),
  check ((kind = 'text') = (text is not null)),
  check (kind = 'call_back' or done_at is null),
  check ((done_at is null) = (done_by is null))
);
create index message_visit on calls.message (visit_id, at desc, id desc);
create index message_call_back on calls.message (visit_id) where kind = 'call_back' and done_at is null;
grant select, insert, update on calls.message to moinha_app;

-- Who holds the list asks only for what changed since: each row says which transaction wrote it last.
create function calls.note_change() returns trigger
language plpgsql set search_path = calls, pg_catalog, pg_temp
as $$ begin
  new.changed_xid := pg_current_xact_id();
  return new;
end $$;
revoke execute on function calls.note_change() from public;
create trigger note_change before update on calls.message for each row execute function calls.note_change();

-- A member reads what was written and writes as themselves; nobody changes a word afterwards.
alter table calls.message enable row level security;
alter table calls.message force row level security;
create policy owner on calls.message to current_user using (true) with check (true);
create policy system on calls.message to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy member_sees on calls.message for select to moinha_app using (calls.is_member(visit_id));
create policy member_writes on calls.message for insert to moinha_app
  with check (calls.is_member(visit_id) and author_id = any (platform.actor_people()));
