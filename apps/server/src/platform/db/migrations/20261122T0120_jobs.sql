-- Why: jobs are queued in the business transaction by a role that owns no queue; the queue's own schema is installed by graphile-worker before this runs.
create function platform.add_job(task text, payload json, run_at timestamptz, job_key text, max_attempts int) returns void
language sql security definer set search_path = pg_catalog
as $$ select graphile_worker.add_job(task, payload, run_at => coalesce(run_at, now()), job_key => job_key, max_attempts => max_attempts) $$;

create function platform.remove_job(job_key text) returns void
language sql security definer set search_path = pg_catalog
as $$ select graphile_worker.remove_job(job_key) $$;

revoke execute on function platform.add_job(text, json, timestamptz, text, int), platform.remove_job(text) from public;
grant execute on function platform.add_job(text, json, timestamptz, text, int), platform.remove_job(text) to moinha_app;
