-- Why: find a patient fast and without leaking. LIKE is not leakproof, so under row-level security it could not use its index; these functions
-- ask the relationships themselves and give back ids only.
create index patient_phone on records.patient using gin (phone gin_trgm_ops) where phone is not null;
create index patient_identifier_value on records.patient_identifier (value);

-- Is the patient under the care of the actor (of one of the actor's units, when named)?
create function records.in_care(patient uuid, at_facility uuid) returns boolean
language sql stable security definer set search_path = records, pg_catalog
as $$
  select exists (select from records.care_relationship c where c.patient_id = patient and c.valid @> now()
    and (c.facility_id = any (platform.actor_facilities()) or c.person_id = platform.actor_person())
    and (at_facility is null or c.facility_id = at_facility))
$$;
grant execute on function records.in_care(uuid, uuid) to moinha_app;

-- Ids of patients under the care of the actor, in the order (name, id) after a given one.
create function records.find_patients(needle text, phone_part text, number text, at_facility uuid, after_name text, after_id uuid, at_most int)
returns table (id uuid, search text)
language plpgsql stable security definer set search_path = records, public, pg_catalog set plan_cache_mode = force_custom_plan
as $$
begin
  if phone_part is not null or number is not null then
    return query select p.id, p.search from records.patient p
      where p.id in (select q.id from records.patient q where q.phone like phone_part
          union select i.patient_id from records.patient_identifier i where i.value = number)
        and records.in_care(p.id, at_facility) and (after_id is null or (p.search, p.id) > (after_name, after_id))
      order by p.search, p.id limit at_most;
  else
    return query select p.id, p.search from records.patient p
      where p.id in (select c.patient_id from records.care_relationship c where c.valid @> now()
          and (c.facility_id = any (platform.actor_facilities()) or c.person_id = platform.actor_person())
          and (at_facility is null or c.facility_id = at_facility))
        and (needle is null or p.search like needle) and (after_id is null or (p.search, p.id) > (after_name, after_id))
      order by p.search, p.id limit at_most;
  end if;
end $$;

-- People who may be the same as somebody about to be registered: past the wall, so it tells only what the asker typed or what tells two people apart.
create function records.possible_duplicates(name text, born date, phones text[], systems text[], numbers text[])
returns table (id uuid, full_name text, birth_year int, home_facility_id uuid, number text, same_name boolean, same_phone boolean, same_number boolean, seen boolean)
language sql stable security definer set search_path = records, public, pg_catalog
as $$
  with hit as (
    select p.id, true as by_name, false as by_phone, false as by_number from records.patient p where p.search = platform.fold(name) and p.birth_date = born
    union all select p.id, false, true, false from records.patient p where p.phone = any (phones)
    union all select i.patient_id, false, false, true from records.patient_identifier i
      join unnest(systems, numbers) as w(system, value) on w.system = i.system and w.value = i.value
  ), folded as (select h.id, bool_or(by_name) as by_name, bool_or(by_phone) as by_phone, bool_or(by_number) as by_number from hit h group by h.id)
  select p.id, p.full_name, extract(year from p.birth_date)::int, p.home_facility_id,
    (select i.value from records.patient_identifier i where i.patient_id = p.id and i.valid @> (now() at time zone 'Asia/Ho_Chi_Minh')::date
      order by (i.system = 'citizen_id') desc, i.system, i.value limit 1),
    f.by_name, f.by_phone, f.by_number, records.may_see(p.id)
  from folded f join records.patient p on p.id = f.id order by f.by_number desc, f.by_name desc, p.id limit 10
$$;

revoke execute on function records.find_patients(text, text, text, uuid, text, uuid, int), records.possible_duplicates(text, date, text[], text[], text[]) from public;
grant execute on function records.find_patients(text, text, text, uuid, text, uuid, int), records.possible_duplicates(text, date, text[], text[], text[]) to moinha_app;
