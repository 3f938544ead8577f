-- Why: free times are the most visited public page; a process keeps them until something changes, and hears of a change from here in the very next
-- request. Only rows are added, none is locked, so bookings of one worker never wait for each other because of it.
create table scheduling.slot_change (
  id bigint generated always as identity primary key,
  -- a health worker, or a unit whose settings changed
  subject_id uuid not null,
  at timestamptz not null default clock_timestamp()
);
create index slot_change_of on scheduling.slot_change (subject_id, id);
grant select, delete on scheduling.slot_change to moinha_app;

create function scheduling.tell_worker_changed() returns trigger
language plpgsql security definer set search_path = scheduling, pg_catalog, pg_temp
as $$
declare told uuid := case when tg_op <> 'DELETE' then new.practitioner_id end;
begin
  if told is not null then insert into scheduling.slot_change (subject_id) values (told); end if;
  if tg_op <> 'INSERT' and old.practitioner_id is distinct from told and old.practitioner_id is not null then
    insert into scheduling.slot_change (subject_id) values (old.practitioner_id);
  end if;
  return null;
end $$;

create function scheduling.tell_unit_changed() returns trigger
language plpgsql security definer set search_path = scheduling, pg_catalog, pg_temp
as $$ begin
  insert into scheduling.slot_change (subject_id) values (new.facility_id);
  return null;
end $$;

-- The owner emptied a table by hand: every unit's times may have changed.
create function scheduling.tell_all_changed() returns trigger
language plpgsql security definer set search_path = scheduling, pg_catalog, pg_temp
as $$ begin
  insert into scheduling.slot_change (subject_id) values ('00000000-0000-0000-0000-000000000000');
  return null;
end $$;
revoke execute on function scheduling.tell_worker_changed(), scheduling.tell_unit_changed(), scheduling.tell_all_changed() from public;

-- Walk-ins hold no slot.
create trigger tell_booked after insert on scheduling.appointment for each row
  when (new.origin <> 'walk_in') execute function scheduling.tell_worker_changed();
create trigger tell_changed after update on scheduling.appointment for each row
  when (new.origin <> 'walk_in' and (old.state, old.during, old.practitioner_id) is distinct from (new.state, new.during, new.practitioner_id))
  execute function scheduling.tell_worker_changed();
create trigger tell_removed after delete on scheduling.appointment for each row execute function scheduling.tell_worker_changed();
create trigger tell_changed after insert or update or delete on scheduling.working_hours
  for each row execute function scheduling.tell_worker_changed();
create trigger tell_changed after insert or update or delete on scheduling.schedule_exception
  for each row execute function scheduling.tell_worker_changed();
create trigger tell_changed after insert or update on scheduling.facility_setting for each row execute function scheduling.tell_unit_changed();
create trigger tell_emptied after truncate on scheduling.appointment for each statement execute function scheduling.tell_all_changed();
create trigger tell_emptied after truncate on scheduling.working_hours for each statement execute function scheduling.tell_all_changed();
create trigger tell_emptied after truncate on scheduling.schedule_exception for each statement execute function scheduling.tell_all_changed();
