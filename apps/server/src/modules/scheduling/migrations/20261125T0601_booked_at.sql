-- Why: a booking counts on the day it was made; a slot held for somebody on the waitlist is made long before it is booked.
alter table scheduling.appointment add column booked_at timestamptz;

alter table scheduling.appointment disable trigger keep_history;
update scheduling.appointment a set booked_at = coalesce(
  (select min(h.at) from scheduling.appointment_history h
    where h.appointment_id = a.id and h.state not in ('offered', 'released')), a.created_at)
where a.origin <> 'walk_in' and a.state not in ('offered', 'released');
alter table scheduling.appointment enable trigger keep_history;
