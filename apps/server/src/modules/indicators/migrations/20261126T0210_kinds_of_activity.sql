-- Why: what is counted, and what has it counted anew, is declared by the modules it happens in and kept as rows, written at each start.
create table indicators.activity_kind (
  code text primary key,
  -- the module that declares it
  owner text not null,
  name_vi text not null,
  name_en text not null
);
-- Events by their names, as rows of the ledger tell them. No foreign key: it explains a row and decides nothing, and every
-- booking would pay for it.
create table indicators.activity_cause (like indicators.activity_kind including all);

-- Those rows may name already; names follow at the start that comes after.
insert into indicators.activity_kind select distinct kind, 'indicators', kind, kind from indicators.act
  union select kind, 'indicators', kind, kind from indicators.form_row
    cross join jsonb_array_elements_text(formula #> '{filter,kinds}') as kind;
insert into indicators.activity_cause
  select distinct cause, 'indicators', cause, cause from indicators.act where cause is not null;

alter table indicators.act
  add constraint activity_kind foreign key (kind) references indicators.activity_kind;

grant select on indicators.activity_kind, indicators.activity_cause to moinha_app;
