-- Why: every reason to see a patient has its end. A relationship says why it ended and who ended it; how long access lasts after its reason is over
-- is data; what an emergency gave is marked, since a date of ending no longer tells it apart.
alter table records.care_relationship
  add column emergency boolean not null default false,
  add column end_cause text,
  add column ended_at timestamptz,
  add column ended_by uuid;

-- Until now only what an emergency gave had an end in the future.
update records.care_relationship set emergency = true where reason = 'break_glass' or upper(valid) > now();

-- Hours of access left after a reason is over; what is not named here ends at once.
create table records.access_grace (
  reason text not null,
  cause text not null,
  hours int not null check (hours >= 0),
  source text not null,
  primary key (reason, cause)
);
insert into records.access_grace values
  ('encounter', 'finished', 8760, 'house rule: a year for corrections, results and the next visit'),
  ('encounter', 'lapsed', 0, 'house rule'),
  ('appointment', 'no_show', 168, 'house rule: a week to call the patient and find another time'),
  ('consult', 'signed', 168, 'house rule: a week for questions and corrections after the minutes are signed'),
  ('consult', 'session_cancelled', 24, 'house rule: a day for who had begun');
grant select on records.access_grace to moinha_app;

insert into records.setting values
  ('sweep_after_days', '2', 'house rule: how old a relationship is before the nightly sweep asks whether it was forgotten'),
  ('encounter_lapses_after_days', '180', 'house rule: an encounter nobody wrote into for this long no longer opens the record'),
  ('appointment_lapses_after_days', '14', 'house rule: an appointment nobody started, cancelled or marked this long after its time'),
  ('consult_lapses_after_days', '60', 'house rule: a consult nobody moved for this long no longer opens the record');

create index care_without_end on records.care_relationship (id) where upper_inf(valid);
