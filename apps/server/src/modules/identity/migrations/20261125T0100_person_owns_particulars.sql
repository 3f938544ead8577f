-- Why: one table owns people. Whoever has a record is a person row first, and name, sex, birth date, phone and ethnicity stand here;
-- `records.patient` keeps a copy for its own search. Decision: docs/decisions/2026-11-25-one-table-owns-people.md

-- Since when a station vouches for the particulars: from then on they are corrected at a desk, not by the person alone.
alter table identity.person add column confirmed_at timestamptz;

-- The person behind a record, where there is none yet; an existing one is left as it is. Only the owner's triggers call it.
create function identity.add_person(
  person uuid, name text, person_sex text, born date, person_phone text, system text, code text
) returns void
language sql volatile security definer set search_path = identity, pg_catalog
as $$
  insert into identity.person (id, full_name, sex, birth_date, phone, ethnicity_system, ethnicity_code)
  values (person, coalesce(name, ''), coalesce(person_sex, 'unknown'), born,
    case when person_phone ~ '^\+84\d{9}$' then person_phone end,
    case when code is not null then system end, case when system is not null then code end)
  on conflict (id) do nothing
$$;
revoke execute on function identity.add_person(uuid, text, text, date, text, text, text) from public;

-- People who were registered at a desk and had no person row until now.
select identity.add_person(id, full_name, sex, birth_date, phone, ethnicity_system, ethnicity_code) from records.patient;

-- Where both existed and differed, the record's word stands: a desk wrote it, or it was copied from the person.
update identity.person p set
  full_name = coalesce(nullif(r.full_name, ''), p.full_name),
  sex = case when r.sex = 'unknown' then p.sex else r.sex end,
  birth_date = coalesce(r.birth_date, p.birth_date),
  phone = coalesce(case when r.phone ~ '^\+84\d{9}$' then r.phone end, p.phone),
  ethnicity_system = case when r.ethnicity_code is not null and r.ethnicity_system is not null
    then r.ethnicity_system else p.ethnicity_system end,
  ethnicity_code = case when r.ethnicity_code is not null and r.ethnicity_system is not null
    then r.ethnicity_code else p.ethnicity_code end,
  confirmed_at = case when identity.has_post(r.created_by) then r.created_at end
from records.patient r where r.id = p.id;
