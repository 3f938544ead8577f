-- Why: kinds of documents and reasons of care are declared by the modules that own them and kept as rows, written at each start;
-- facts point at them. A new module brings its own without a change of the tables it files into.
create table records.document_kind (
  code text primary key,
  -- the module that declares it
  owner text not null,
  name_vi text not null,
  name_en text not null
);
create table records.care_reason (like records.document_kind including all);

-- Those facts may name already; names follow at the start that comes after.
insert into records.document_kind values ('consult_minutes', 'consults', 'Biên bản hội chẩn', 'Consultation minutes');
insert into records.care_reason
  select code, 'records', code, code
  from unnest(array['registered', 'appointment', 'encounter', 'consult', 'proxy', 'break_glass']) as code
  union select reason, 'records', reason, reason from records.care_relationship;

alter table records.document drop constraint document_kind_check,
  add constraint document_kind foreign key (kind) references records.document_kind;
alter table records.care_relationship drop constraint care_relationship_reason_check,
  add constraint care_reason foreign key (reason) references records.care_reason;
alter table records.access_grace add constraint care_reason foreign key (reason) references records.care_reason;

grant select on records.document_kind, records.care_reason to moinha_app;
