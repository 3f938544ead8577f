-- Why: who holds a list of appointments asks only for what changed since. Each row says which transaction wrote it
-- last, so that one which commits late is not overlooked; what leaves a day, a unit or a patient leaves a line behind.
alter table scheduling.appointment add column changed_xid xid8 not null default '0';
alter table scheduling.appointment alter column changed_xid set default pg_current_xact_id();

create function scheduling.note_change() returns trigger
language plpgsql set search_path = scheduling, pg_catalog, pg_temp
as $$ begin
  new.changed_xid := pg_current_xact_id();
  return new;
end $$;
create trigger note_change before update on scheduling.appointment
  for each row execute function scheduling.note_change();

-- Where an appointment stood before it was moved away or removed. Kept an hour: longer than anybody may ask since then
-- (ten minutes).
create table scheduling.appointment_left (
  id bigint generated always as identity primary key,
  appointment_id uuid not null,
  facility_id uuid not null,
  patient_id uuid not null,
  starts_at timestamptz not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp()
);
create index appointment_left_day on scheduling.appointment_left (facility_id, starts_at);
create index appointment_left_patient on scheduling.appointment_left (patient_id);
create index appointment_left_at on scheduling.appointment_left (at);

create function scheduling.note_left() returns trigger
language plpgsql security definer set search_path = scheduling, pg_catalog, pg_temp
as $$ begin
  insert into scheduling.appointment_left (appointment_id, facility_id, patient_id, starts_at)
  values (old.id, old.facility_id, old.patient_id, old.starts_at);
  return null;
end $$;
revoke execute on function scheduling.note_change(), scheduling.note_left() from public;
create trigger note_moved after update on scheduling.appointment for each row
  when ((old.facility_id, old.patient_id, old.starts_at)
    is distinct from (new.facility_id, new.patient_id, new.starts_at))
  execute function scheduling.note_left();
create trigger note_removed after delete on scheduling.appointment
  for each row execute function scheduling.note_left();

alter table scheduling.appointment_left enable row level security;
create policy left_seen on scheduling.appointment_left for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or facility_id = any ((select platform.actor_facilities())::uuid[])
  or patient_id = any ((select platform.actor_people())::uuid[]));
create policy left_forgotten on scheduling.appointment_left for delete to moinha_app
  using ((select platform.actor_kind()) = 'system');
grant select, delete on scheduling.appointment_left to moinha_app;
