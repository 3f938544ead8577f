-- Why: the Ministry's list of diagnoses comes in dated editions (one in force from 2026-07-01), and a visit is written
-- by the edition of its day. Some codes head a group and cannot be used, some cannot be the primary diagnosis; which,
-- is data of the list an administrator imports. What is here now is the starter list, in force always.
alter table records.icd10
  drop constraint icd10_pkey,
  add column id uuid not null default uuidv7() primary key,
  add column valid daterange not null default daterange(null, null),
  add column usable boolean not null default true,
  add column usable_as_primary boolean not null default true,
  add column edition text not null default 'starter',
  add constraint icd10_one_meaning exclude using gist (code with =, valid with &&),
  add check (not isempty(valid)),
  add check (usable or not usable_as_primary);
create index icd10_code on records.icd10 (code);
-- an edition imported again takes the place of what was imported for the same days
grant delete on records.icd10 to moinha_app;
