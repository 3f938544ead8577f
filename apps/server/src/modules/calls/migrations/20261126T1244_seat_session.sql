-- Why: nobody takes over a browser that is in a call, since it would cut the patient off. The page says so; so that the
-- server can say it too, a seat names the session of its page.
alter table calls.seat add column session_id uuid;
create index seat_session on calls.seat (session_id) where session_id is not null;
