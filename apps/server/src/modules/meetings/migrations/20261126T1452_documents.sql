-- Why: papers of a meeting lie in the file store; which meeting has which, under which point of its agenda, is kept
-- here.
create table meetings.document (
  -- of the file
  id uuid primary key,
  meeting_id uuid not null references meetings.meeting,
  agenda_item_id uuid,
  name text not null,
  media_type text not null,
  size bigint not null,
  added_by uuid,
  added_at timestamptz not null,
  removed_at timestamptz
);
create index document_meeting on meetings.document (meeting_id) where removed_at is null;

grant select, insert, update on meetings.document to moinha_app;

alter table meetings.document enable row level security;
alter table meetings.document force row level security;
create policy owner on meetings.document to current_user using (true) with check (true);
create policy system on meetings.document to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
create policy invited_reads on meetings.document for select to moinha_app using (
  exists (select from meetings.meeting m where m.id = meeting_id));
