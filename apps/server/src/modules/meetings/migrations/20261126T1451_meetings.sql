-- Why: briefings and professional sessions between units: planned once or by a rule, who is invited by the map of each
-- meeting's day, who answered, who was there, what was decided and who does it.
create schema meetings;

-- What an organiser wrote; each meeting of it is a row of its own, which may be changed alone.
create table meetings.series (
  id uuid primary key,
  organiser_id uuid not null references facilities.facility,
  -- on Vietnam's calendar and clock
  first_day date not null,
  first_time text not null check (first_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  -- iCalendar RRULE; null: once
  rule text,
  -- meetings up to this day have rows; a job goes on from here
  planned_until date not null,
  -- no more meetings are planned after this day, e.g. since those that follow were cancelled
  ends_before date,
  -- the content of its meetings, as the contract has it
  template jsonb not null,
  is_demo boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index series_to_plan on meetings.series (planned_until) where rule is not null;

create table meetings.meeting (
  id uuid primary key,
  series_id uuid not null references meetings.series,
  organiser_id uuid not null references facilities.facility,
  -- the day the rule named: stays when the meeting is moved (RECURRENCE-ID)
  rule_day date not null,
  kind text not null check (kind in ('briefing', 'professional', 'training')),
  title text not null,
  description text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  agenda jsonb not null,
  area_ids uuid[] not null,
  area_types text[] not null,
  unit_ids uuid[] not null,
  enter_as text not null check (enter_as in ('speaker', 'listener')),
  lobby boolean not null,
  -- apart from the others of its series
  changed_alone boolean not null default false,
  version int not null default 1,
  status text not null default 'planned' check (status in ('planned', 'running', 'ended', 'cancelled')),
  created_by uuid,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by uuid,
  cancel_reason text,
  visit_id uuid unique,
  started_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  -- host and another unit were there long enough; null until it ends
  held boolean,
  unique (series_id, rule_day),
  check (ends_at > starts_at),
  check ((status in ('running', 'ended')) = (started_at is not null)),
  check ((status = 'ended') = (ended_at is not null)),
  check ((status = 'ended') = (held is not null)),
  check ((status = 'cancelled') = (cancelled_at is not null))
);
create index meeting_start on meetings.meeting (starts_at, id);
create index meeting_organiser on meetings.meeting (organiser_id, starts_at, id);
create index meeting_running on meetings.meeting (started_at) where status = 'running';

-- A unit that is invited, the organiser among them: its answer and its presence.
create table meetings.invitation (
  meeting_id uuid not null references meetings.meeting,
  facility_id uuid not null references facilities.facility,
  -- of the meeting, so that the policy of this table needs no other
  organiser_id uuid not null,
  removed_at timestamptz,
  answer text check (answer in ('yes', 'no')),
  attendees text not null default '',
  expected_heads int check (expected_heads > 0),
  answered_by uuid,
  answered_at timestamptz,
  heads int check (heads > 0),
  heads_by uuid,
  heads_at timestamptz,
  -- settled from the rows of presence when the meeting ends
  attended boolean,
  late boolean,
  joined_at timestamptz,
  left_at timestamptz,
  seconds_present int,
  -- said by hand afterwards; goes before what was settled
  hand_attended boolean,
  hand_reason text,
  hand_by uuid,
  hand_at timestamptz,
  primary key (meeting_id, facility_id),
  check ((hand_attended is null) = (hand_reason is null))
);
create index invitation_unit on meetings.invitation (facility_id, meeting_id) where removed_at is null;

-- People invited by name, of whatever unit.
create table meetings.named_person (
  meeting_id uuid not null references meetings.meeting,
  person_id uuid not null,
  organiser_id uuid not null,
  primary key (meeting_id, person_id)
);
create index named_person_person on meetings.named_person (person_id);

-- For which unit somebody entered; when they were there is the visit's own history.
create table meetings.attendee (
  meeting_id uuid not null references meetings.meeting,
  person_id uuid not null,
  facility_id uuid references facilities.facility,
  host boolean not null,
  entered_at timestamptz not null,
  primary key (meeting_id, person_id)
);
create index attendee_person on meetings.attendee (person_id);

-- Version 1 and its corrections; an approved version is never changed.
create table meetings.minutes (
  meeting_id uuid not null references meetings.meeting,
  version int not null check (version >= 1),
  status text not null check (status in ('draft', 'approved')),
  -- counts changes of the draft
  revision int not null,
  content jsonb not null,
  reason text,
  written_by uuid,
  written_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  primary key (meeting_id, version),
  check ((status = 'approved') = (approved_at is not null)),
  check ((version = 1) = (reason is null))
);
create function meetings.keep_approved_minutes() returns trigger language plpgsql as $$
begin
  if old.status = 'approved' then raise exception 'approved minutes are never changed'; end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep_approved_minutes before update or delete on meetings.minutes
  for each row execute function meetings.keep_approved_minutes();

-- Given out when minutes are approved, followed up until it is settled.
create table meetings.action_item (
  id uuid primary key,
  meeting_id uuid not null references meetings.meeting,
  series_id uuid not null references meetings.series,
  organiser_id uuid not null references facilities.facility,
  what text not null,
  unit_id uuid references facilities.facility,
  who text not null,
  due_on date,
  status text not null default 'open' check (status in ('open', 'done', 'dropped')),
  note text not null default '',
  settled_by uuid,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  check ((status = 'open') = (settled_at is null))
);
create index action_item_series on meetings.action_item (series_id, status);
create index action_item_meeting on meetings.action_item (meeting_id);
create index action_item_unit on meetings.action_item (unit_id, status);
create index action_item_organiser on meetings.action_item (organiser_id, status);

create table meetings.setting (
  facility_id uuid primary key references facilities.facility,
  max_units int not null check (max_units between 1 and 1000),
  opens_minutes_before int not null check (opens_minutes_before between 0 and 120),
  remind_minutes_before int not null check (remind_minutes_before between 0 and 240),
  remind_day_before boolean not null,
  text_reminders boolean not null,
  late_after_minutes int not null check (late_after_minutes between 0 and 120),
  held_minutes int not null check (held_minutes between 0 and 120),
  ends_after_empty_minutes int not null check (ends_after_empty_minutes between 5 and 240),
  version int not null,
  changed_by uuid,
  changed_at timestamptz not null
);

grant usage on schema meetings to moinha_app;
grant select, insert, update on all tables in schema meetings to moinha_app;
grant delete on meetings.named_person to moinha_app;

-- The second wall. Units at which the actor attends, and units at or beneath which the actor organises.
create function meetings.attending_units() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select identity.units_of_grants('meeting.join') $$;
create function meetings.organising_units() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select identity.granted_facilities('meeting.organise') $$;
revoke execute on function meetings.attending_units(), meetings.organising_units() from public;
grant execute on function meetings.attending_units(), meetings.organising_units() to moinha_app;

-- Only the system writes, after the module's policy said yes.
do $$
declare one text;
begin
  foreach one in array array['series', 'meeting', 'invitation', 'named_person', 'attendee', 'minutes', 'action_item',
    'setting'] loop
    execute format('alter table meetings.%I enable row level security', one);
    execute format('alter table meetings.%I force row level security', one);
    execute format('create policy owner on meetings.%I to current_user using (true) with check (true)', one);
    execute format('create policy system on meetings.%I to moinha_app
      using ((select platform.actor_kind()) = ''system'')
      with check ((select platform.actor_kind()) = ''system'')', one);
  end loop;
end $$;

create policy invited_sees on meetings.invitation for select to moinha_app using (
  (removed_at is null and facility_id = any ((select meetings.attending_units())::uuid[]))
  or facility_id = any ((select meetings.organising_units())::uuid[])
  or organiser_id = any ((select meetings.organising_units())::uuid[]));
create policy named_sees on meetings.named_person for select to moinha_app using (
  person_id = (select platform.actor_person()) or organiser_id = any ((select meetings.organising_units())::uuid[]));
-- offset 0 keeps the planner to one look for each row of a page; else it would list all invitations there are
create policy invited_sees on meetings.meeting for select to moinha_app using (
  organiser_id = any ((select meetings.organising_units())::uuid[])
  or exists (select from meetings.invitation i where i.meeting_id = id and i.removed_at is null offset 0)
  or exists (select from meetings.named_person n where n.meeting_id = id offset 0));
create policy invited_sees on meetings.series for select to moinha_app using (
  exists (select from meetings.meeting m where m.series_id = series.id));
create policy attendee_sees on meetings.attendee for select to moinha_app using (
  person_id = (select platform.actor_person())
  or exists (select from meetings.invitation i
    where i.meeting_id = attendee.meeting_id and i.facility_id = attendee.facility_id));
create policy invited_reads on meetings.minutes for select to moinha_app using (
  exists (select from meetings.meeting m where m.id = meeting_id
    and (minutes.status = 'approved' or m.organiser_id = any ((select meetings.organising_units())::uuid[]))));
create policy invited_follows on meetings.action_item for select to moinha_app using (
  exists (select from meetings.meeting m where m.id = meeting_id));
create policy organiser_sees on meetings.setting for select to moinha_app using (
  facility_id = any ((select meetings.organising_units())::uuid[]));
