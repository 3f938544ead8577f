-- Why: every countable thing is one row, written in its own transaction; every number on a report is a query over these rows.
create schema indicators;

create table indicators.act (
  id uuid not null default uuidv7(),
  -- the province's node at the time of the act: the key a large installation partitions by
  province_key text not null,
  kind text not null,
  at timestamptz not null,
  facility_id uuid not null references facilities.facility,
  practitioner_id uuid,
  -- the title at the time of the act: people are promoted, numbers are not rewritten
  practitioner_title text,
  patient_id uuid,
  self_performed boolean not null default true,
  counterpart_facility_id uuid references facilities.facility,
  subject_kind text not null,
  subject_id uuid not null,
  programme text,
  detail jsonb,
  primary key (province_key, id)
);
-- an event told twice counts once
create unique index act_once on indicators.act (province_key, kind, subject_id, facility_id);
create index act_report on indicators.act (facility_id, at desc, id desc) include (kind, self_performed, practitioner_id, practitioner_title, counterpart_facility_id, patient_id);

-- Forms are editable data: the Kon Tum annex prints row 2 twice and has no row 8.
create table indicators.form (
  key text primary key,
  name_vi text not null,
  name_en text not null,
  source text not null,
  period text not null check (period in ('month', 'quarter', 'half', 'year')),
  -- the report is due before this day of the month that follows the period
  due_before_day int not null check (due_before_day between 1 and 28),
  valid daterange not null
);

create table indicators.form_row (
  form_key text not null references indicators.form,
  no text not null,
  position int not null,
  label_vi text not null,
  label_en text not null,
  unit_text text not null,
  reporting_unit text not null,
  formula jsonb not null,
  note text,
  primary key (form_key, no)
);

create table indicators.registered_value (
  form_key text not null,
  no text not null,
  facility_id uuid not null references facilities.facility,
  year int not null,
  value numeric not null check (value >= 0),
  registered_by uuid,
  registered_at timestamptz not null default now(),
  primary key (form_key, no, facility_id, year),
  foreign key (form_key, no) references indicators.form_row (form_key, no)
);

grant usage on schema indicators to moinha_app;
grant select, insert on indicators.act to moinha_app;
grant select on indicators.form, indicators.form_row to moinha_app;
grant insert, update on indicators.form, indicators.form_row to moinha_app;
grant select, insert, update, delete on indicators.registered_value to moinha_app;

-- The ledger names patients by id. It is written and read by actions as the system, after their own rule said yes; a person sees rows about oneself.
alter table indicators.act enable row level security;
create policy act_kept on indicators.act for all to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');
create policy act_own on indicators.act for select to moinha_app using (patient_id = any ((select platform.actor_people())::uuid[]));
