-- Why: on market day one phone books for many who have none. The station names who may, and which of its patients agreed.
create table scheduling.booking_helper (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  person_id uuid not null references identity.person,
  -- as the station typed it when naming: it stands on every booking they make
  full_name text not null,
  days daterange not null check (not isempty(days) and not lower_inf(days) and not upper_inf(days)),
  named_by uuid,
  named_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  constraint helper_named_once exclude using gist (facility_id with =, person_id with =, days with &&) where (ended_at is null)
);
create index booking_helper_person on scheduling.booking_helper (person_id) where ended_at is null;

-- Nobody is booked for by a helper who did not say yes at the station; taken back at any time.
create table scheduling.helper_consent (
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility,
  agreed boolean not null,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (patient_id, facility_id)
);

alter table scheduling.appointment drop constraint appointment_origin_check;
alter table scheduling.appointment add constraint appointment_origin_check check (origin in ('citizen', 'desk', 'walk_in', 'waitlist', 'helper'));
alter table scheduling.appointment add column helper_name text;
alter table scheduling.appointment add constraint appointment_helper_named check ((origin = 'helper') = (helper_name is not null));
create index appointment_helper on scheduling.appointment (booked_by, starts_at, id) where origin = 'helper';

-- As scheduling.count_bookings, with the helper's wider bound and only what they booked as one.
create function scheduling.count_helped(patient uuid, account uuid, except_id uuid, at timestamptz)
returns table (of_patient int, patient_bound int, of_account int, account_bound int)
language plpgsql volatile security definer set search_path = scheduling, pg_catalog
as $$
begin
  perform scheduling.hold_booker(patient, account);
  return query select own.of_patient, own.patient_bound,
    (select count(*)::int from scheduling.appointment a where a.booked_by = account and a.id <> except_id and a.starts_at > at - interval '1 day'
      and a.origin = 'helper' and a.state in ('requested', 'confirmed', 'moved', 'arrived') and upper(a.during) > at),
    (select value from scheduling.booking_bound where key = 'bookings_per_helper')
    from scheduling.count_bookings(patient, account, except_id, at) own;
end $$;
revoke execute on function scheduling.count_helped(uuid, uuid, uuid, timestamptz) from public;
grant execute on function scheduling.count_helped(uuid, uuid, uuid, timestamptz) to moinha_app;

grant select, insert, update on scheduling.booking_helper, scheduling.helper_consent to moinha_app;

-- ---- the second wall ----
alter table scheduling.booking_helper enable row level security;
create policy helper_seen on scheduling.booking_helper for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or person_id = (select platform.actor_person()));
create policy helper_kept on scheduling.booking_helper for insert to moinha_app with check (
  (select platform.actor_kind()) = 'system' or facility_id = any ((select platform.actor_facilities())::uuid[]));
create policy helper_ended on scheduling.booking_helper for update to moinha_app using (
  (select platform.actor_kind()) = 'system' or facility_id = any ((select platform.actor_facilities())::uuid[]));

alter table scheduling.helper_consent enable row level security;
create policy helper_consent_kept on scheduling.helper_consent to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or (facility_id = any ((select platform.actor_facilities())::uuid[]) and records.may_see(patient_id)));
