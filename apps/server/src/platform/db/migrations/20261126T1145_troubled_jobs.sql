-- Why: a job that gave up, or that nobody takes up, was a line in the log. What is wrong with the queue can be
-- read, counted
-- and mended; the payload, which may name somebody, stays inside. Called by functions of the module that says who may.

-- Jobs that are not as they should be, and how: given up, waiting after a failure, held by a worker that died,
-- taken up by nobody, or under way for very long.
create function platform.job_troubles()
returns table (
  id bigint, task text, attempts int, last_error text, run_at timestamptz,
  created_at timestamptz, updated_at timestamptz,
  locked_at timestamptz, state text
)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with held as (
    select j.*, exists (
      select from platform.process p
      where j.locked_by = any (p.worker_pools) and platform.process_lives(p)) as by_living
    from graphile_worker._private_jobs j),
  judged as (
    select h.*, case
      when h.locked_at < clock_timestamp() - interval '3 seconds' and not h.by_living then 'abandoned'
      when h.locked_at < clock_timestamp() - interval '15 minutes' then 'long'
      when h.locked_at is not null then null
      when h.attempts >= h.max_attempts then 'failed'
      when h.attempts > 0 then 'waiting'
      when h.run_at < clock_timestamp() - interval '5 minutes' then 'overdue' end as state
    from held h)
  select j.id, t.identifier, j.attempts::int, j.last_error, j.run_at, j.created_at, j.updated_at, j.locked_at, j.state
  from judged j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.state is not null
$$;

create function platform.troubled_jobs(before bigint, page int)
returns table (
  id bigint, task text, attempts int, state text, error_code text, created_at timestamptz, failed_at timestamptz,
  next_at timestamptz, held_since timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select id, task, attempts, state,
    -- what an older release wrote down in words may name somebody
    case when last_error ~ '^[A-Za-z0-9_]{1,60}$' then last_error when last_error is not null then 'UNKNOWN' end,
    created_at, case when last_error is not null then updated_at end,
    case when state = 'waiting' then run_at end, locked_at
  from platform.job_troubles()
  where before is null or id < before
  order by id desc
  limit page
$$;

-- The jobs a person means, held until the end of the transaction: those named, each as it was seen, or the oldest that
-- failed. What a living worker holds, or changed since it was seen, is not among them.
create function platform.take_troubled_jobs(items jsonb, most int) returns setof bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform platform.release_dead_jobs();
  return query
    select j.id from graphile_worker._private_jobs j
    where j.locked_at is null and (j.attempts > 0 or j.run_at < clock_timestamp() - interval '5 minutes') and case
      when items is null then j.attempts > 0
      else exists (
        select from jsonb_to_recordset(items) as i(id bigint, attempts int)
        where i.id = j.id and i.attempts = j.attempts) end
    order by j.id
    limit most
    for update;
end $$;

-- All their tries again, from now.
create function platform.retry_jobs(items jsonb, most int) returns table (id bigint, task text)
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with taken as (select array_agg(one) as ids from platform.take_troubled_jobs(items, most) as one)
  select j.id, t.identifier
  from taken, graphile_worker.reschedule_jobs(taken.ids, run_at => now(), attempts => 0) j
  join graphile_worker._private_tasks t on t.id = j.task_id
$$;

-- Out of the queue.
create function platform.give_up_jobs(items jsonb) returns table (id bigint, task text, error_code text)
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with taken as (select array_agg(one) as ids from platform.take_troubled_jobs(items, 100) as one)
  select j.id, t.identifier, case when j.last_error ~ '^[A-Za-z0-9_]{1,60}$' then j.last_error end
  from taken, graphile_worker.complete_jobs(taken.ids) j
  join graphile_worker._private_tasks t on t.id = j.task_id
$$;

-- How many, and nothing else: said on /health and as figures.
create function platform.count_troubled_jobs() returns table (failed int, waiting int, stuck int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select count(*) filter (where state = 'failed')::int, count(*) filter (where state = 'waiting')::int,
    count(*) filter (where state in ('abandoned', 'overdue', 'long'))::int
  from platform.job_troubles()
$$;

revoke execute on function platform.job_troubles(), platform.troubled_jobs(bigint, int),
  platform.take_troubled_jobs(jsonb, int),
  platform.retry_jobs(jsonb, int), platform.give_up_jobs(jsonb), platform.count_troubled_jobs() from public;
grant execute on function platform.count_troubled_jobs() to moinha_app;
