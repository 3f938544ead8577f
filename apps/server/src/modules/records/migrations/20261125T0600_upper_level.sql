-- Why: "sent to the upper level" has two sources that must not overwrite each other: what the clinician wrote, and whether a doctor of the
-- upper level has a case of this encounter. The second is kept by whoever keeps consults, and falls again when the case is withdrawn.
alter table records.encounter add column upper_level_took_part boolean not null default false;

create or replace function records.refuse_locked() returns trigger language plpgsql as $$
declare free text[] := array['upper_level_took_part', 'visit_id', 'updated_at'];
begin
  if old.status = 'in_progress' or new.corrections = old.corrections + 1 then return new; end if;
  if (to_jsonb(new) - free) = (to_jsonb(old) - free) then return new; end if;
  raise exception 'encounter % is %', old.id, old.status using errcode = 'MN001';
end $$;

update records.encounter e set upper_level_took_part = true where exists (
  select from consults.consult c where c.encounter_id = e.id
    and c.status in ('accepted', 'scheduled', 'in_session', 'minutes', 'signed', 'outcome', 'closed'));
