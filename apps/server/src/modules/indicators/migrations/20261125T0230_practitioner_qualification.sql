-- Why: a report that counts doctors counts a code, not a typed title; the title stays to be shown. What was counted before is read once more.
alter table indicators.act add column practitioner_qualification text;
update indicators.act set practitioner_qualification = identity.qualification_of_title(practitioner_title) where practitioner_title is not null;
update indicators.form_row set formula = replace(replace(formula::text, '"exceptTitles": ["bác sĩ"]', '"exceptQualifications": ["doctor"]'),
  '"titles": ["bác sĩ"]', '"qualifications": ["doctor"]')::jsonb where formula::text like '%itles": ["bác sĩ"]%';
drop index indicators.act_report;
create index act_report on indicators.act (facility_id, at desc, id desc)
  include (kind, self_performed, practitioner_id, practitioner_qualification, counterpart_facility_id, patient_id) where taken_back_at is null;
