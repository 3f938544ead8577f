-- Who attended, as it stood when the minutes were approved: a correction of the attendance afterwards leaves what was
-- signed as it was. Minutes approved before this have none.
alter table meetings.minutes add column attendance jsonb;
