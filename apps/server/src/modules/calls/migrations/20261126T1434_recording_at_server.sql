-- Why: where LiveKit's egress is to be had, the media side records a span into one file, and not the asker's page.
alter table calls.recording_span
  add column recorded_by text not null default 'page' check (recorded_by in ('page', 'server')),
  -- what the media side calls it; absent until it has begun
  add column egress_id text unique,
  -- its file is taken in, or there will be none
  add column egress_over_at timestamptz,
  add column egress_failed boolean not null default false;

create index recording_span_at_server on calls.recording_span (opened_at)
  where recorded_by = 'server' and egress_over_at is null;
