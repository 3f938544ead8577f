-- Why: who was sent where with which slip, whether they arrived, and what became of them (Circular 01/2025/TT-BYT,
-- Annexes V and VI). What a slip says is a filed document of the same id; here is what happens to it.
create schema referrals;

-- Numbers run per unit, kind and year.
create table referrals.counter (
  facility_id uuid not null references facilities.facility,
  kind text not null,
  year int not null,
  last int not null,
  primary key (facility_id, kind, year)
);

create table referrals.slip (
  id uuid primary key,
  kind text not null check (kind in ('transfer', 'revisit')),
  number int not null,
  number_year int not null,
  patient_id uuid not null references records.patient,
  encounter_id uuid not null references records.encounter,
  facility_id uuid not null references facilities.facility,
  to_facility_id uuid not null references facilities.facility,
  diagnosis text not null,
  issued_at timestamptz not null,
  issued_by uuid not null,
  issuer_name text not null,
  valid_until date not null,
  revisit_on date,
  state text not null default 'issued' check (state in ('issued', 'not_arrived', 'arrived', 'completed', 'cancelled')),
  -- minted by whoever took the patient in: the same arrival sent twice is one
  arrival_id uuid,
  arrived_at timestamptz,
  arrived_by uuid,
  outcome text check (outcome in ('treated_home', 'admitted', 'sent_on', 'sent_back', 'died')),
  note text not null default '',
  changed_at timestamptz not null,
  changed_by uuid not null,
  check ((state in ('arrived', 'completed')) = (arrived_at is not null)),
  check ((state = 'completed') = (outcome is not null)),
  check ((kind = 'revisit') = (revisit_on is not null)),
  check (kind = 'revisit' or to_facility_id <> facility_id),
  unique (facility_id, kind, number_year, number)
);
-- one slip to come again per finished course (Circular 01/2025/TT-BYT, Annex V)
create unique index slip_one_revisit on referrals.slip (encounter_id) where kind = 'revisit' and state <> 'cancelled';
create index slip_outgoing on referrals.slip (facility_id, issued_at desc, id desc);
create index slip_incoming on referrals.slip (to_facility_id, issued_at desc, id desc) where kind = 'transfer';
create index slip_encounter on referrals.slip (encounter_id);
create index slip_patient on referrals.slip (patient_id);

-- Days off beside Saturday and Sunday. Those fixed by the sun's calendar are here; those of the moon's, and the second
-- day of 2 September, are set by a decision each year and entered by an administrator.
create table referrals.holiday (
  day date primary key,
  name text not null,
  source text not null,
  changed_by uuid,
  changed_at timestamptz not null default now()
);
insert into referrals.holiday (day, name, source)
  select make_date(year, month, date), name, 'Labour Code 45/2019/QH14, Art. 112'
  from generate_series(2026, 2030) as year,
    (values (1, 1, 'Tết Dương lịch'), (4, 30, 'Ngày Chiến thắng'), (5, 1, 'Ngày Quốc tế lao động'),
      (9, 2, 'Quốc khánh')) as fixed (month, date, name);

-- Diseases whose transfer holds for a year (Circular 01/2025/TT-BYT, Annex III). Not shipped: nobody here holds the
-- annex; whoever does enters ICD-10 codes, and what begins with one is meant.
create table referrals.year_long_disease (code text primary key, source text not null);

grant usage on schema referrals to moinha_app;
grant select, insert, update on referrals.counter, referrals.slip to moinha_app;
grant select, insert, update, delete on referrals.holiday to moinha_app;
grant select on referrals.year_long_disease to moinha_app;

alter table referrals.slip enable row level security;
create policy slip_seen on referrals.slip for select to moinha_app using (records.may_see(patient_id));
create policy slip_issued on referrals.slip for insert to moinha_app
  with check ((select platform.actor_kind()) = 'system');
create policy slip_changed on referrals.slip for update to moinha_app
  using ((select platform.actor_kind()) = 'system');
