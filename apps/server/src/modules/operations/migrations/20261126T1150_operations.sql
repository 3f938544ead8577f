-- Why: who may look after the queue of jobs is asked here, in front of the platform's functions, which know nobody.
create schema operations;
grant usage on schema operations to moinha_app;

-- What somebody took out of the queue, and their word for it.
create table operations.given_up_job (
  job_id bigint not null,
  task text not null,
  error_code text,
  word text not null,
  by_id uuid not null references identity.person,
  at timestamptz not null default now(),
  primary key (job_id, at)
);

create function operations.require_operator() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
  if cardinality(identity.granted_facilities('operations.manage')) = 0 then
    raise exception using errcode = 'MN403', message = 'NOT_ALLOWED';
  end if;
  return platform.actor_person();
end $$;

create function operations.troubled_jobs(before bigint, page int)
returns table (
  id bigint, task text, attempts int, state text, error_code text, created_at timestamptz, failed_at timestamptz,
  next_at timestamptz, held_since timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform operations.require_operator();
  return query select * from platform.troubled_jobs(before, page);
end $$;

create function operations.retry_jobs(items jsonb, most int) returns table (id bigint, task text)
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform operations.require_operator();
  return query select * from platform.retry_jobs(items, most);
end $$;

create function operations.give_up_jobs(items jsonb, word text) returns table (id bigint, task text)
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := operations.require_operator();
begin
  return query
    with gone as (select * from platform.give_up_jobs(items)),
    kept as (
      insert into operations.given_up_job (job_id, task, error_code, word, by_id)
      select gone.id, gone.task, gone.error_code, give_up_jobs.word, actor from gone)
    select gone.id, gone.task from gone;
end $$;

revoke execute on function operations.require_operator(), operations.troubled_jobs(bigint, int),
  operations.retry_jobs(jsonb, int), operations.give_up_jobs(jsonb, text) from public;
grant execute on function operations.troubled_jobs(bigint, int), operations.retry_jobs(jsonb, int),
  operations.give_up_jobs(jsonb, text) to moinha_app;
