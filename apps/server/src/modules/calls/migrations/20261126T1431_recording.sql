-- Why: a recording is off until everybody in the room has said yes (REQ-TELE-08); who said what, and when it ran, is
-- kept with the visit. It runs in spans: whoever comes in later ends one until they have answered.
create table calls.recording (
  id uuid primary key,
  visit_id uuid not null references calls.visit,
  -- with a patient everybody consents; in a meeting it is announced, and everybody sees it
  basis text not null check (basis in ('consent', 'announced')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('stopped', 'refused', 'withdrawn', 'finished')),
  check ((ended_at is null) = (ended_as is null))
);
create unique index recording_open on calls.recording (visit_id) where ended_at is null;
create index recording_visit on calls.recording (visit_id, asked_at);

create table calls.recording_consent (
  recording_id uuid not null references calls.recording,
  person_id uuid not null,
  consented_at timestamptz,
  -- said no, or took it back
  refused_at timestamptz,
  primary key (recording_id, person_id),
  check (num_nonnulls(consented_at, refused_at) >= 1)
);

create table calls.recording_span (
  id uuid primary key,
  recording_id uuid not null references calls.recording,
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index recording_span_open on calls.recording_span (recording_id) where closed_at is null;
create index recording_span_recording on calls.recording_span (recording_id, opened_at);

-- Some seconds of a span; in order they are one playable file.
create table calls.recording_chunk (
  span_id uuid not null references calls.recording_span,
  no int not null check (no >= 0),
  file_id uuid not null unique,
  -- from the beginning of the span to the end of this chunk
  until_ms int not null check (until_ms > 0),
  primary key (span_id, no)
);

grant select, insert, update on calls.recording, calls.recording_consent, calls.recording_span, calls.recording_chunk
  to moinha_app;

-- The second wall: members see that their visit is or was recorded; only the system writes.
alter table calls.recording enable row level security;
alter table calls.recording force row level security;
create policy owner on calls.recording to current_user using (true) with check (true);
create policy system on calls.recording to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
create policy member_sees on calls.recording for select to moinha_app using (calls.is_member(visit_id));

alter table calls.recording_consent enable row level security;
alter table calls.recording_consent force row level security;
create policy owner on calls.recording_consent to current_user using (true) with check (true);
create policy system on calls.recording_consent to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');

alter table calls.recording_span enable row level security;
alter table calls.recording_span force row level security;
create policy owner on calls.recording_span to current_user using (true) with check (true);
create policy system on calls.recording_span to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');

alter table calls.recording_chunk enable row level security;
alter table calls.recording_chunk force row level security;
create policy owner on calls.recording_chunk to current_user using (true) with check (true);
create policy system on calls.recording_chunk to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
