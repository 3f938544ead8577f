-- Why: the rule on how a remote encounter may end holds for every writer. A finished encounter says by what it was allowed to end so; who
-- writes one without asking the rule is refused by the table. What was finished before is marked and judged again when it is corrected.
alter table records.encounter
  add column judged_as text,
  -- the patient of a remote visit was before the practitioner after all, and why
  add column present_reason text;

alter table records.encounter disable trigger locked;
update records.encounter set judged_as = 'before_gate' where status = 'finished';
update records.encounter set channel = 'in_person' where status = 'in_progress' and remote_mode = 'IN_PERSON';
alter table records.encounter enable trigger locked;

alter table records.encounter
  add constraint encounter_judged check (status <> 'finished' or judged_as is not null),
  add constraint encounter_met check (judged_as is null or judged_as = 'before_gate' or case remote_mode
    when 'IN_PERSON' then channel = 'in_person'
    when 'INTER_FACILITY_SUPPORT' then true
    when 'TELECONSULT' then true
    else channel <> 'in_person' end),
  -- health advice is not treatment (REQ-TELE-01)
  add constraint encounter_advice check (judged_as is null or judged_as = 'before_gate' or remote_mode <> 'HEALTH_ADVICE'
    or outcome in ('advice', 'referral'));
