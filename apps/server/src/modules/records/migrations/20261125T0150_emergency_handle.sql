-- Why: an emergency search gives a handle of that search instead of an id, and a desk that registers somebody learns no name from
-- outside its reach.
create table records.emergency_handle (
  handle_hash text primary key,
  actor_id uuid not null references identity.person,
  patient_id uuid not null references records.patient,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index emergency_handle_expiry on records.emergency_handle (expires_at);
grant select, insert, update, delete on records.emergency_handle to moinha_app;
alter table records.emergency_handle enable row level security;
create policy keep on records.emergency_handle to moinha_app
  using ((select platform.actor_kind()) = 'system') with check ((select platform.actor_kind()) = 'system');

-- In an emergency: by a whole number, or by the full name and birth date. A phone finds nobody.
create function records.emergency_find(name text, born date, systems text[], numbers text[])
returns table (id uuid, full_name text, birth_year int, home_facility_id uuid, number text, same_name boolean, same_number boolean)
language sql stable security definer set search_path = records, public, pg_catalog
as $$
  with hit as (
    select p.id, true as by_name, false as by_number from records.patient p where p.search = platform.fold(name) and p.birth_date = born
    union all select i.patient_id, false, true from records.patient_identifier i
      join unnest(systems, numbers) as w(system, value) on w.system = i.system and w.value = i.value
  ), folded as (select h.id, bool_or(by_name) as by_name, bool_or(by_number) as by_number from hit h group by h.id)
  select p.id, p.full_name, extract(year from p.birth_date)::int, p.home_facility_id,
    (select i.value from records.patient_identifier i where i.patient_id = p.id and i.valid @> (now() at time zone 'Asia/Ho_Chi_Minh')::date
      order by (i.system = 'citizen_id') desc, i.system, i.value limit 1),
    f.by_name, f.by_number
  from folded f join records.patient p on p.id = f.id order by f.by_number desc, f.by_name desc, p.id limit 10
$$;

-- Who somebody about to be registered may be already. Of those outside the asker's reach it says only that they exist,
-- and not even that where only a phone is the same: numbers are shared, and a number must not yield a person.
create or replace function records.possible_duplicates(name text, born date, phones text[], systems text[], numbers text[])
returns table (id uuid, full_name text, birth_year int, home_facility_id uuid, number text, same_name boolean, same_phone boolean, same_number boolean, seen boolean)
language sql stable security definer set search_path = records, public, pg_catalog
as $$
  with hit as (
    select p.id, true as by_name, false as by_phone, false as by_number from records.patient p where p.search = platform.fold(name) and p.birth_date = born
    union all select p.id, false, true, false from records.patient p where p.phone = any (phones)
    union all select i.patient_id, false, false, true from records.patient_identifier i
      join unnest(systems, numbers) as w(system, value) on w.system = i.system and w.value = i.value
  ), folded as (
    select h.id, bool_or(by_name) as by_name, bool_or(by_phone) as by_phone, bool_or(by_number) as by_number, records.may_see(h.id) as seen
    from hit h group by h.id
  )
  select case when f.seen then p.id end, case when f.seen then p.full_name end, case when f.seen then extract(year from p.birth_date)::int end,
    case when f.seen then p.home_facility_id end,
    case when f.seen then (select i.value from records.patient_identifier i
      where i.patient_id = p.id and i.valid @> (now() at time zone 'Asia/Ho_Chi_Minh')::date
      order by (i.system = 'citizen_id') desc, i.system, i.value limit 1) end,
    f.by_name, f.by_phone and f.seen, f.by_number, f.seen
  from folded f join records.patient p on p.id = f.id
  where f.seen or f.by_name or f.by_number
  order by f.seen desc, f.by_number desc, f.by_name desc, p.id limit 10
$$;

revoke execute on function records.emergency_find(text, date, text[], text[]) from public;
grant execute on function records.emergency_find(text, date, text[], text[]) to moinha_app;
