-- Why: several processes share one database; what one leaves behind when it dies (job locks, seats, open pages) must end by itself.
create table platform.process (
  id uuid primary key,
  -- while the process lives, its own connection holds the advisory lock (7301, no); the kernel gives it back on kill -9
  no int generated always as identity unique,
  role text not null check (role in ('both', 'web', 'worker')),
  -- where it runs, for the people who look after it
  host text not null,
  pid int not null,
  -- what all processes of one installation must share, as hashes: the signing key, and the Redis between them (null: none)
  secret_hash text not null,
  redis_hash text,
  -- names under which this process locks jobs
  worker_pools text[] not null default '{}',
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on platform.process to moinha_app;

-- Alive: it was seen in the last 30 seconds, and holds its lock or was seen a moment ago (a lost connection is not a death).
create function platform.process_lives(p platform.process) returns boolean
language sql stable
as $$
  select p.seen_at > clock_timestamp() - interval '30 seconds'
    and (p.seen_at > clock_timestamp() - interval '3 seconds' or exists (
      select from pg_catalog.pg_locks l
      where l.locktype = 'advisory' and l.classid = 7301 and l.objid = p.no and l.granted
        and l.database = (select oid from pg_catalog.pg_database where datname = current_database())))
$$;
grant execute on function platform.process_lives(platform.process) to moinha_app;

-- Gives back jobs that nobody alive works on. The queue itself would wait four hours. A lock younger than a moment may belong to a worker that
-- has not said its name yet.
create function platform.release_dead_jobs() returns int
language plpgsql security definer set search_path = pg_catalog
as $$
declare dead text[]; living text[]; freed int;
begin
  select coalesce(array_agg(pool), '{}') into living from platform.process p, unnest(p.worker_pools) as pool;
  select coalesce(array_agg(distinct locked_by), '{}') into dead from (
    select locked_by from graphile_worker._private_jobs where locked_at < clock_timestamp() - interval '3 seconds'
    union select locked_by from graphile_worker._private_job_queues where locked_at < clock_timestamp() - interval '3 seconds') l
  where locked_by is not null and locked_by <> all (living);
  if dead = '{}' then return 0; end if;
  select count(*) into freed from graphile_worker._private_jobs where locked_by = any (dead);
  perform graphile_worker.force_unlock_workers(dead);
  return freed;
end $$;
revoke execute on function platform.release_dead_jobs() from public;
grant execute on function platform.release_dead_jobs() to moinha_app;
