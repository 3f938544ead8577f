-- Why: a record opened in an emergency is told to the patient and to the heads of both units, and judged by them. Rows, so that whoever was offline reads it later.
create table records.glass_break (
  id uuid primary key,
  patient_id uuid not null references records.patient,
  person_id uuid not null,
  facility_ids uuid[] not null, -- units at which the opener had a clinical post
  home_facility_id uuid references facilities.facility,
  reason text not null,
  at timestamptz not null,
  until timestamptz not null
);
create index glass_break_patient on records.glass_break (patient_id, at desc);
create index glass_break_home on records.glass_break (home_facility_id, at desc, id desc);
create index glass_break_units on records.glass_break using gin (facility_ids);
create index glass_break_at on records.glass_break (at desc, id desc);

create table records.glass_notice (
  glass_id uuid not null references records.glass_break,
  person_id uuid not null,
  told_as text not null check (told_as in ('patient', 'head')),
  read_at timestamptz,
  primary key (glass_id, person_id)
);
create index glass_notice_unread on records.glass_notice (person_id) where read_at is null;

create table records.glass_review (
  glass_id uuid not null references records.glass_break,
  side text not null check (side in ('home', 'opener')),
  verdict text not null check (verdict in ('justified', 'not_justified')),
  note text not null,
  by_person uuid not null,
  at timestamptz not null,
  primary key (glass_id, side),
  check (verdict = 'justified' or note <> '')
);

-- Openings from before stand in the list of those to be judged.
insert into records.glass_break (id, patient_id, person_id, facility_ids, home_facility_id, reason, at, until)
  select c.id, c.patient_id, c.person_id, '{}', p.home_facility_id, coalesce(c.note, ''), lower(c.valid), upper(c.valid)
  from records.care_relationship c join records.patient p on p.id = c.patient_id
  where c.reason = 'break_glass' and c.person_id is not null and not isempty(c.valid) and not upper_inf(c.valid);

-- Units whose emergency openings the actor judges: where the permission was granted, and all beneath. Asked once per statement.
create function records.judged_facilities() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public
as $$
  select coalesce(array_agg(distinct below.facility_id), '{}')
  from identity.role_grant g
  join identity.role_permission p on p.role_key = g.role_key and p.permission = 'glass.review'
  join facilities.current_path root on root.facility_id = g.facility_id
  join facilities.current_path below on below.path <@ root.path
  where g.person_id = platform.actor_person() and g.valid_until is null
$$;

-- Who answers for a unit: holders of the permission at the unit, or at the nearest unit above that has one who is not `except_person`.
create function records.heads_of(unit uuid, except_person uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public
as $$
  with holder as (
    select distinct g.person_id, nlevel(root.path) as depth
    from facilities.current_path own
    join facilities.current_path root on own.path <@ root.path
    join identity.role_grant g on g.facility_id = root.facility_id and g.valid_until is null and g.person_id <> except_person
    join identity.role_permission p on p.role_key = g.role_key and p.permission = 'glass.review'
    join identity.account_user u on u.id = g.person_id and u.disabled_at is null
    where own.facility_id = unit)
  select person_id from holder where depth = (select max(depth) from holder)
$$;
revoke execute on function records.judged_facilities(), records.heads_of(uuid, uuid) from public;
grant execute on function records.judged_facilities(), records.heads_of(uuid, uuid) to moinha_app;

grant select, insert on records.glass_break, records.glass_review to moinha_app;
grant select, insert, update on records.glass_notice to moinha_app;

alter table records.glass_break enable row level security;
alter table records.glass_notice enable row level security;
alter table records.glass_review enable row level security;
create policy seen on records.glass_break for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or patient_id = any ((select platform.actor_people())::uuid[])
  or person_id = (select platform.actor_person())
  or home_facility_id = any ((select records.judged_facilities())::uuid[])
  or facility_ids && (select records.judged_facilities()));
create policy kept on records.glass_break for insert to moinha_app with check ((select platform.actor_kind()) = 'system');
create policy own_notices on records.glass_notice to moinha_app
  using ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()));
create policy of_the_opening on records.glass_review for select to moinha_app
  using (exists (select from records.glass_break b where b.id = glass_id));
create policy judged on records.glass_review for insert to moinha_app with check ((select platform.actor_kind()) = 'system');
