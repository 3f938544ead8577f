-- Why: a prescription is written once and never edited; the national system acknowledges it later, pharmacies and the
-- station write back what they gave. Catalogue, interactions and limits are data with their sources.
create schema prescriptions;
grant usage on schema prescriptions to moinha_app;

create table prescriptions.medicine (
  id uuid primary key default uuidv7(),
  -- how an import finds the row again
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  inn text not null check (inn <> ''),
  name_vi text not null default '',
  strength text not null default '',
  form text not null,
  route text not null,
  -- what one dose is counted in: viên, ml, nhát xịt
  dose_unit text not null,
  -- what is handed out: viên, chai, tuýp
  unit text not null,
  -- dose units in one unit handed out; null: cannot be computed, e.g. a cream
  dose_units_per_unit numeric(10, 3) check (dose_units_per_unit > 0),
  -- milligrams of the active ingredient in one dose unit; null: not dosed by weight
  mg_per_dose_unit numeric(12, 4) check (mg_per_dose_unit > 0),
  atc text not null default '' check (atc = '' or atc ~ '^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$'),
  class text not null check (class in ('ordinary', 'narcotic', 'psychotropic', 'precursor', 'traditional')),
  source text not null check (source <> ''),
  certainty text not null,
  active boolean not null default true,
  search text generated always as (platform.fold(inn || ' ' || name_vi || ' ' || strength || ' ' || form)) stored
);
create index medicine_search on prescriptions.medicine using gin (search gin_trgm_ops);

-- Pairs by the beginning of their ATC codes; `block` stops, `warn` asks for a reason.
create table prescriptions.interaction (
  one text not null,
  other text not null,
  level text not null check (level in ('block', 'warn')),
  why_vi text not null,
  why_en text not null,
  source text not null,
  certainty text not null,
  primary key (one, other),
  check (one <= other)
);

-- Days of supply by class and situation, each from a day on. `icd_list`: only for diseases of that list.
create table prescriptions.supply_rule (
  id uuid primary key default uuidv7(),
  class text not null,
  situation text not null check (situation in ('usual', 'cancer', 'chronic', 'discharge')),
  icd_list text,
  most_days integer not null check (most_days > 0),
  valid daterange not null,
  grade text not null,
  source text not null
);
-- Codes of the lists that rules name; `annex_vii` is empty until somebody who holds the circular loads it.
create table prescriptions.icd_list (
  list text not null,
  pattern text not null,
  valid daterange not null default daterange('2025-07-01', null),
  source text not null,
  primary key (list, pattern)
);
create table prescriptions.setting (key text primary key, value text not null, source text not null);

create table prescriptions.prescription (
  id uuid primary key,
  -- as sent; compared whatever its case
  code text not null check (code ~ '^[0-9A-Za-z]{5}[0-9a-z]{7}-[nhcty]$'),
  kind text not null check (kind in ('c', 'h', 'n', 'y')),
  encounter_id uuid not null references records.encounter,
  patient_id uuid not null references records.patient,
  facility_id uuid not null references facilities.facility,
  prescriber_id uuid not null references identity.person,
  -- everything printed and sent, as it was written
  content jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'issued', 'refused')),
  written_at timestamptz not null,
  -- last day on which the medicines are handed out
  collect_until date not null,
  replaces uuid unique references prescriptions.prescription,
  replaced_at timestamptz,
  attempts integer not null default 0,
  -- when the outbox tries next; null: it does not
  next_try_at timestamptz,
  issued_at timestamptz,
  -- what the national system answered: success, checksum, errors
  reply jsonb,
  -- a code: why the last try came to nothing
  last_failure text,
  check ((state = 'issued') = (issued_at is not null)),
  check (state <> 'issued' or reply is not null)
);
create unique index prescription_code on prescriptions.prescription (facility_id, lower(code));
create index prescription_by_code on prescriptions.prescription (lower(code));
create index prescription_encounter on prescriptions.prescription (encounter_id);
create index prescription_patient on prescriptions.prescription (patient_id, written_at desc);
create index prescription_due on prescriptions.prescription (next_try_at) where next_try_at is not null;
create index prescription_open on prescriptions.prescription (facility_id, written_at)
  where state <> 'issued' and replaced_at is null;

create table prescriptions.line (
  prescription_id uuid not null references prescriptions.prescription,
  no integer not null check (no between 1 and 20),
  patient_id uuid not null references records.patient,
  medicine_id uuid not null references prescriptions.medicine,
  quantity numeric(12, 3) not null check (quantity > 0),
  -- handed out so far; two pharmacies at once meet at this row
  dispensed numeric(12, 3) not null default 0 check (dispensed >= 0),
  primary key (prescription_id, no),
  constraint never_more_than_prescribed check (dispensed <= quantity)
);

create table prescriptions.dispensing (
  id uuid primary key,
  prescription_id uuid not null references prescriptions.prescription,
  patient_id uuid not null references records.patient,
  -- the station's own stock, or a pharmacy by its name
  facility_id uuid references facilities.facility,
  pharmacy text,
  given_by uuid references identity.person,
  at timestamptz not null,
  items jsonb not null,
  check ((facility_id is null) <> (pharmacy is null))
);
create index dispensing_prescription on prescriptions.dispensing (prescription_id, at);

create table prescriptions.template (
  id uuid primary key,
  person_id uuid not null references identity.person,
  name text not null check (name <> ''),
  -- offered first where this is the diagnosis; null: always
  icd10 text,
  lines jsonb not null,
  saved_at timestamptz not null
);
create index template_of_person on prescriptions.template (person_id);

-- What a prescription says never changes; only its way to the national system and its replacement do.
create function prescriptions.refuse_edit() returns trigger language plpgsql as $$
declare
  moves text[] := '{state,attempts,next_try_at,issued_at,reply,last_failure,replaced_at}';
begin
  if (to_jsonb(new) - moves) is distinct from (to_jsonb(old) - moves)
    or (old.state = 'issued' and new.state <> 'issued')
    or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at) then
    raise exception 'a prescription is replaced, never edited' using errcode = 'MN001';
  end if;
  return new;
end $$;
create trigger never_edited before update on prescriptions.prescription
  for each row execute function prescriptions.refuse_edit();

grant select, insert, update on prescriptions.medicine to moinha_app;
grant select, insert on prescriptions.interaction to moinha_app;
grant select on prescriptions.supply_rule, prescriptions.icd_list, prescriptions.setting
  to moinha_app;
grant select, insert on prescriptions.prescription, prescriptions.line, prescriptions.dispensing to moinha_app;
grant update (state, attempts, next_try_at, issued_at, reply, last_failure, replaced_at)
  on prescriptions.prescription to moinha_app;
grant update (dispensed) on prescriptions.line to moinha_app;
grant select, insert, update, delete on prescriptions.template to moinha_app;

-- Who sees the patient reads; rows are written by the system after the action judged.
do $$
declare t text;
begin
  foreach t in array array['prescription', 'line', 'dispensing'] loop
    execute format('alter table prescriptions.%I enable row level security', t);
    execute format('alter table prescriptions.%I force row level security', t);
    execute format('create policy owner on prescriptions.%I to current_user using (true) with check (true)', t);
    execute format('create policy seen on prescriptions.%I for select to moinha_app
      using (records.may_see(patient_id))', t);
    execute format('create policy kept on prescriptions.%I for insert to moinha_app
      with check ((select platform.actor_kind()) = ''system'')', t);
    execute format('create policy moved on prescriptions.%I for update to moinha_app
      using ((select platform.actor_kind()) = ''system'')', t);
  end loop;
end $$;
alter table prescriptions.template enable row level security;
alter table prescriptions.template force row level security;
create policy owner on prescriptions.template to current_user using (true) with check (true);
create policy own on prescriptions.template to moinha_app
  using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));

-- Source of all limits: Circular 26/2025/TT-BYT as in the domain notes on regulations, §6.3, with their grades.
insert into prescriptions.supply_rule (class, situation, icd_list, most_days, valid, grade, source) values
  ('ordinary', 'usual', null, 30, daterange('2025-07-01', null), 'C, S', 'Circular 26/2025/TT-BYT'),
  ('ordinary', 'usual', 'annex_vii', 90, daterange('2025-07-01', null), 'C, S', 'Circular 26/2025/TT-BYT, Annex VII'),
  ('ordinary', 'discharge', null, 7, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT'),
  ('traditional', 'usual', null, 30, daterange('2025-07-01', null), 'U', 'as ordinary; Circular 55/2025 was not read'),
  ('narcotic', 'usual', null, 7, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT'),
  ('narcotic', 'cancer', null, 10, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT, one of 3 courses'),
  ('psychotropic', 'usual', null, 10, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT'),
  ('psychotropic', 'chronic', null, 30, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT'),
  ('precursor', 'usual', null, 10, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT'),
  ('precursor', 'chronic', null, 30, daterange('2025-07-01', null), 'C', 'Circular 26/2025/TT-BYT');
insert into prescriptions.setting (key, value, source) values
  ('controlled_direct_to_patient', 'blocked',
    'REQ-RX-03: no explicit ban, but the paper conditions can hardly be met at a distance'),
  ('collect_within_days', '5', 'Circular 26/2025/TT-BYT as in the domain notes on regulations, §6.3');
