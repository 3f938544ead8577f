-- Why: diagnosis codes to pick from, and the list of diseases the law lets be treated remotely, with what is verified of each row.
create table records.icd10 (
  code text primary key check (code ~ '^[A-Z]\d{2}(\.\d{1,2})?$'),
  name_vi text not null,
  name_en text not null,
  search text generated always as (platform.fold(code || ' ' || name_vi || ' ' || name_en)) stored
);
create index icd10_search on records.icd10 using gin (search gin_trgm_ops);

-- Circular 30/2023/TT-BYT (REQ-TELE-04, REQ-TELE-11). A pending row allows nothing until a person who holds the circular enables it.
create table records.tele_allowed_icd (
  id uuid primary key default uuidv7(),
  position int not null unique,
  no int,
  name_vi text not null,
  patterns text[] not null, -- 'E66' covers E66.0; 'E00-E07' is a range
  specialty text not null,
  status text not null check (status in ('verified', 'pending')),
  certainty text not null,
  note text not null default '',
  valid daterange not null default daterange('2024-01-01', null),
  enabled_by uuid,
  enabled_at timestamptz,
  check ((enabled_by is null) = (enabled_at is null))
);

-- Whether the list binds pure examination too is an open legal question, so it is a setting: off, treatment, examination.
create table records.setting (key text primary key, value text not null, source text not null);
insert into records.setting values ('tele_gate', 'treatment', 'Law 15/2023/QH15 Art. 80(1)(a): treatment only for the listed diseases');

grant select on records.icd10, records.tele_allowed_icd, records.setting to moinha_app;
grant insert, update on records.icd10, records.tele_allowed_icd, records.setting to moinha_app;
