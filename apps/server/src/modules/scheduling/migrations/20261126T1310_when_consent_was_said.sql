-- Why: an answer kept on a device is sent hours later; which of two is newer is told by when it was said, not by when
-- it arrived. Decision: docs/decisions/2026-11-26-a-write-sent-twice.md
alter table scheduling.helper_consent add column said_at timestamptz;
update scheduling.helper_consent set said_at = recorded_at;
alter table scheduling.helper_consent alter column said_at set not null;
