-- Why: most of a rush must be told that the time is gone before anything is written: is this id known, whoever sent it, and does somebody
-- hold the beginning of this time? Past the second wall, since both may be another patient's; two words leave. Who wins, the constraints judge.
create function scheduling.asked_before(appointment uuid, practitioner uuid, start timestamptz)
returns table (id_known boolean, time_taken boolean)
language sql stable security definer set search_path = scheduling, pg_catalog, pg_temp
as $$
  select exists (select from scheduling.appointment a where a.id = appointment),
    exists (select from scheduling.appointment a where a.practitioner_id = practitioner and a.starts_at <= start
      and a.starts_at > start - interval '1 day' and a.during @> start and a.origin <> 'walk_in'
      and a.state in ('offered', 'requested', 'confirmed', 'moved', 'arrived', 'in_progress', 'done'))
$$;
revoke execute on function scheduling.asked_before(uuid, uuid, timestamptz) from public;
grant execute on function scheduling.asked_before(uuid, uuid, timestamptz) to moinha_app;
