-- Why: somebody whose sound or picture fails asks the IT helpers of the unit. The helper is no member of the visit:
-- this row is all that stands between them and it.
create table calls.assist (
  -- minted by the asker's page
  id uuid primary key,
  visit_id uuid not null,
  -- as whom the asker is in the visit, and whose page it is: their own, or that of somebody who acts for them
  person_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  -- whose helpers are asked
  unit_ids uuid[] not null check (cardinality(unit_ids) between 1 and 20),
  taken_by uuid,
  taken_at timestamptz,
  -- the asker agreed to this helper; nothing is shown or done before
  agreed_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  foreign key (visit_id, person_id) references calls.member (visit_id, person_id),
  check ((taken_by is null) = (taken_at is null)),
  check (agreed_at is null or taken_at is not null)
);
-- one at a time for a person in a visit
create unique index assist_open on calls.assist (visit_id, asked_by) where ended_at is null;
create index assist_waiting on calls.assist (asked_at, id) where ended_at is null;
grant select, insert, update on calls.assist to moinha_app;

-- Neither members nor helpers touch it but through the house, after the module's policy said yes.
alter table calls.assist enable row level security;
alter table calls.assist force row level security;
create policy owner on calls.assist to current_user using (true) with check (true);
create policy system on calls.assist to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
