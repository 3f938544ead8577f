-- Why: antenatal care and hypertension are followed over months; a station must see who is due and who did not come.
create schema programmes;
grant usage on schema programmes to moinha_app;

-- What a programme asks, by version. A version is never changed: whoever joined under it stays in it.
create table programmes.programme (
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  version int not null check (version > 0),
  valid_from date not null,
  definition jsonb not null,
  saved_by uuid,
  saved_at timestamptz not null default now(),
  primary key (code, version)
);

create table programmes.enrolment (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility,
  programme_code text not null,
  programme_version int not null,
  -- the date visits are counted from, where the programme counts from one
  anchor_on date,
  status text not null default 'active' check (status in ('active', 'ended')),
  end_reason text check (end_reason in ('completed', 'moved_away', 'declined', 'died', 'mistake', 'other')),
  end_note text not null default '',
  ended_by uuid,
  ended_at timestamptz,
  -- derived from facts by the application, in the transaction that changed one of them
  next_on date,
  next_names jsonb,
  late_on date,
  remind_on date,
  ends_on date,
  reminded_for date,
  booked_appointment_id uuid,
  booked_at timestamptz,
  version int not null default 1,
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  foreign key (programme_code, programme_version) references programmes.programme (code, version),
  check ((status = 'ended') = (ended_at is not null)),
  check ((status = 'ended') = (end_reason is not null))
);
create unique index enrolment_once on programmes.enrolment (patient_id, programme_code) where status = 'active';
create index enrolment_patient on programmes.enrolment (patient_id, enrolled_at desc);
-- who is due at a station, the longest waiting first
create index enrolment_due on programmes.enrolment (facility_id, next_on, id)
  where status = 'active' and next_on is not null;
create index enrolment_remind on programmes.enrolment (remind_on) where status = 'active' and remind_on is not null;
create index enrolment_ends on programmes.enrolment (ends_on) where status = 'active' and ends_on is not null;
create index enrolment_booked on programmes.enrolment (booked_appointment_id) where booked_appointment_id is not null;

-- A visit that was kept elsewhere.
create table programmes.outside_visit (
  id uuid primary key,
  enrolment_id uuid not null references programmes.enrolment,
  patient_id uuid not null references records.patient,
  kept_on date not null,
  place text not null,
  noted_by uuid not null,
  noted_at timestamptz not null,
  taken_back_by uuid,
  taken_back_at timestamptz
);
create index outside_visit_of on programmes.outside_visit (enrolment_id);

create table programmes.call_note (
  id uuid primary key,
  enrolment_id uuid not null references programmes.enrolment,
  patient_id uuid not null references records.patient,
  result text not null check (result in ('will_come', 'no_answer', 'wrong_number', 'declined', 'moved_away')),
  called_by uuid not null,
  called_at timestamptz not null
);
create index call_note_of on programmes.call_note (enrolment_id, called_at desc);

grant select, insert on programmes.programme, programmes.call_note to moinha_app;
grant select, insert, update on programmes.enrolment, programmes.outside_visit to moinha_app;

do $$
declare name text;
begin
  foreach name in array array['enrolment', 'outside_visit', 'call_note'] loop
    execute format('alter table programmes.%I enable row level security', name);
    execute format('alter table programmes.%I force row level security', name);
    execute format('create policy owner on programmes.%I to current_user using (true) with check (true)', name);
    execute format('create policy of_patient on programmes.%I to moinha_app using (records.may_see(patient_id))'
      || ' with check (records.may_see(patient_id))', name);
  end loop;
end $$;
