-- Why: one phone could take every slot of a station; what a patient and an account hold open is bounded, where nothing can pass by.
create table scheduling.booking_bound (
  key text primary key,
  value int not null check (value between 1 and 10000),
  source text not null
);
insert into scheduling.booking_bound (key, value, source) values
  ('bookings_per_patient', 3, 'house rule'),
  ('bookings_per_account', 10, 'house rule'),
  ('bookings_per_helper', 60, 'house rule'),
  ('waits_per_patient', 3, 'house rule'),
  ('waits_per_account', 10, 'house rule');
grant select on scheduling.booking_bound to moinha_app;

create index appointment_booker on scheduling.appointment (booked_by, starts_at) where origin in ('citizen', 'waitlist');
create index waitlist_account on scheduling.waitlist_entry (created_by) where state in ('waiting', 'offered');

-- Two requests at once must not both see the last free place: whoever asks first holds patient and account until its transaction ends.
-- Always in this order, so that two can never wait for each other. Not a row lock: the patient's row may not exist yet.
create function scheduling.hold_booker(patient uuid, account uuid) returns void
language sql volatile set search_path = pg_catalog
as $$
  select pg_advisory_xact_lock(hashtextextended('scheduling.patient ' || patient, 0));
  select pg_advisory_xact_lock(hashtextextended('scheduling.account ' || account, 0));
$$;

-- What citizens booked themselves and has not passed; the desk's own bookings count for nobody. `except_id` is the one being sent (perhaps again).
-- Volatile on purpose: each statement in it sees what was committed while it waited. Past the second wall, since a bound also counts what other
-- guardians of the patient booked; only numbers leave.
create function scheduling.count_bookings(patient uuid, account uuid, except_id uuid, at timestamptz)
returns table (of_patient int, patient_bound int, of_account int, account_bound int)
language plpgsql volatile security definer set search_path = scheduling, pg_catalog
as $$
begin
  perform scheduling.hold_booker(patient, account);
  return query select
    (select count(*)::int from scheduling.appointment a where a.patient_id = patient and a.id <> except_id and a.starts_at > at - interval '1 day'
      and a.origin in ('citizen', 'waitlist', 'helper') and a.state in ('requested', 'confirmed', 'moved', 'arrived') and upper(a.during) > at),
    (select value from scheduling.booking_bound where key = 'bookings_per_patient'),
    (select count(*)::int from scheduling.appointment a where a.booked_by = account and a.id <> except_id and a.starts_at > at - interval '1 day'
      and a.origin in ('citizen', 'waitlist') and a.state in ('requested', 'confirmed', 'moved', 'arrived') and upper(a.during) > at),
    (select value from scheduling.booking_bound where key = 'bookings_per_account');
end $$;

create function scheduling.count_waits(patient uuid, account uuid, except_id uuid, today date)
returns table (of_patient int, patient_bound int, of_account int, account_bound int)
language plpgsql volatile security definer set search_path = scheduling, pg_catalog
as $$
begin
  perform scheduling.hold_booker(patient, account);
  return query select
    (select count(*)::int from scheduling.waitlist_entry e where e.patient_id = patient and e.id <> except_id
      and e.state in ('waiting', 'offered') and upper(e.days) > today),
    (select value from scheduling.booking_bound where key = 'waits_per_patient'),
    (select count(*)::int from scheduling.waitlist_entry e where e.created_by = account and e.id <> except_id
      and e.state in ('waiting', 'offered') and upper(e.days) > today),
    (select value from scheduling.booking_bound where key = 'waits_per_account');
end $$;

revoke execute on function scheduling.hold_booker(uuid, uuid), scheduling.count_bookings(uuid, uuid, uuid, timestamptz),
  scheduling.count_waits(uuid, uuid, uuid, date) from public;
grant execute on function scheduling.count_bookings(uuid, uuid, uuid, timestamptz), scheduling.count_waits(uuid, uuid, uuid, date) to moinha_app;
