-- Why: the first page of a unit's patients must not read all of them. A relationship carries the name its patient is
-- listed by, so that one index holds the patients of a unit (or of a person) in the order of the list and a page stops
-- after its rows. Decision: docs/decisions/2026-11-26-lists-that-stop-early.md
alter table records.patient add constraint patient_listed_as unique (id, search);

alter table records.care_relationship add column search text;
-- the names are filled in once; whom a family member speaks for does not change by it
alter table records.care_relationship disable trigger proxy_follows_family;
update records.care_relationship c set search = p.search from records.patient p where p.id = c.patient_id;
alter table records.care_relationship enable trigger proxy_follows_family;

-- The key keeps the copy equal: a corrected name goes on to every relationship of the patient, and waits for one that
-- is being written.
alter table records.care_relationship
  alter column search set not null,
  drop constraint care_relationship_patient_id_fkey,
  add constraint care_relationship_patient_listed_as foreign key (patient_id, search)
    references records.patient (id, search) on update cascade;

-- Whoever opens a relationship names the patient; the name comes from the patient's row. A patient who is not there is
-- the key's to refuse.
create function records.name_care() returns trigger
language plpgsql security definer set search_path = records, pg_catalog, pg_temp
as $$
begin
  select p.search into new.search from patient p where p.id = new.patient_id for key share;
  new.search := coalesce(new.search, '');
  return new;
end $$;
create trigger named before insert on records.care_relationship for each row execute function records.name_care();

drop index records.care_by_facility;
drop index records.care_by_person;
create index care_by_facility on records.care_relationship (facility_id, search, patient_id) include (valid)
  where facility_id is not null;
create index care_by_person on records.care_relationship (person_id, search, patient_id) include (valid)
  where person_id is not null;

-- Relationships that have ended stay readable to who had them; the name does not come with them.
revoke select, insert, update on records.care_relationship from moinha_app;
grant
  select (id, patient_id, facility_id, person_id, reason, subject_id, note, valid, created_by, emergency, end_cause,
    ended_at, ended_by),
  insert (id, patient_id, facility_id, person_id, reason, subject_id, note, valid, created_by, emergency, end_cause,
    ended_at, ended_by),
  update (valid, end_cause, ended_at, ended_by)
  on records.care_relationship to moinha_app;

-- Patients of one unit or one person, in the order (name, id) after a given one. Without a part of a name it walks the
-- index of the list and stops after the page. A part of a name is asked of both copies: of the list's, so that walking
-- it costs no look at the patient, and of the patient's, whose index of name parts the planner takes where the part is
-- rare (names of one kind stand together in the list, so a walk may be long).
create function records.patients_of_holder(
  unit uuid, person uuid, needle text, after_name text, after_id uuid, at_most int)
returns table (id uuid, search text)
language plpgsql stable security definer set search_path = records, public, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0
as $$
begin
  if needle is null then
    return query select c.patient_id, c.search from care_relationship c
      where (c.facility_id = unit or c.person_id = person) and c.valid @> now()
        and (c.search, c.patient_id) > (after_name, after_id)
      group by c.search, c.patient_id order by c.search, c.patient_id limit at_most;
  else
    return query select c.patient_id, c.search
      from care_relationship c join patient p on p.id = c.patient_id and p.search = c.search
      where (c.facility_id = unit or c.person_id = person) and c.valid @> now()
        and (c.search, c.patient_id) > (after_name, after_id) and c.search like needle and p.search like needle
      group by c.search, c.patient_id order by c.search, c.patient_id limit at_most;
  end if;
end $$;
revoke execute on function records.patients_of_holder(uuid, uuid, text, text, uuid, int) from public;

-- Ids of patients under the care of the actor, in the order (name, id) after a given one: a page of each of the actor's
-- units (of the one that is named, where it is one of them) and of what was opened to the actor alone, merged.
create or replace function records.find_patients(
  needle text, phone_part text, number text, at_facility uuid, after_name text, after_id uuid, at_most int)
returns table (id uuid, search text)
language plpgsql stable security definer set search_path = records, public, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0
as $$
declare
  from_name text := coalesce(after_name, '');
  from_id uuid := coalesce(after_id, '00000000-0000-0000-0000-000000000000');
begin
  if phone_part is not null or number is not null then
    return query select p.id, p.search from records.patient p
      where p.id in (select q.id from records.patient q where q.phone like phone_part
          union select i.patient_id from records.patient_identifier i where i.value = number)
        and records.in_care(p.id, at_facility) and (p.search, p.id) > (from_name, from_id)
      order by p.search, p.id limit at_most;
  else
    return query select o.id, o.search from (
        select h.id, h.search from unnest(platform.actor_facilities()) u(unit),
            records.patients_of_holder(u.unit, null, needle, from_name, from_id, at_most) h
          where at_facility is null or u.unit = at_facility
        union
        select h.id, h.search
          from records.patients_of_holder(null, platform.actor_person(), needle, from_name, from_id, at_most) h
          where at_facility is null) o
      order by o.search, o.id limit at_most;
  end if;
end $$;
