-- Why: nobody takes over a browser that is in a call, since it would cut the patient off. The page says so; so that the
-- server can say it too, a participant names the session of its page.
alter table calls.participant add column session_id uuid;
create index participant_session on calls.participant (session_id) where session_id is not null;
