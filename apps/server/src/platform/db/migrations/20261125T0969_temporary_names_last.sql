-- Why: a function of the owner whose search path does not name pg_temp looks there first for types and tables, so that whoever could make a
-- temporary type had the owner run code of theirs. Every function with a search path of its own now looks there last; a test holds later ones to it.
do $$
declare f record;
begin
  for f in
    select p.oid::regprocedure as name, (select substr(c, length('search_path=') + 1) from unnest(p.proconfig) c where c like 'search\_path=%') as path
    from pg_proc p
    where p.pronamespace = any ('{platform,audit,facilities,identity,records,roster,calls,scheduling,consults,news,indicators}'::regnamespace[])
      and (p.prosecdef or exists (select from unnest(p.proconfig) c where c like 'search\_path=%'))
  loop
    if f.path is null then raise exception '% runs as the owner and has no search path', f.name; end if;
    if f.path !~ '\mpg_temp$' then execute format('alter function %s set search_path = %s, pg_temp', f.name, f.path); end if;
  end loop;
end $$;

-- Asked in every policy, and written into the asking statement by the planner: they carry no search path, which would stop that, so they name what they use.
create or replace function platform.actor_person() returns uuid
language sql stable parallel safe
as $$ select nullif(pg_catalog.current_setting('app.person_id', true), '')::pg_catalog.uuid $$;

create or replace function platform.actor_kind() returns text
language sql stable parallel safe
as $$ select coalesce(pg_catalog.current_setting('app.actor_kind', true), 'anonymous') $$;

create or replace function platform.actor_facilities() returns uuid[]
language sql stable parallel safe
as $$ select coalesce(nullif(pg_catalog.current_setting('app.facility_ids', true), ''), '{}')::pg_catalog.uuid[] $$;

create or replace function platform.actor_people() returns uuid[]
language sql stable parallel safe
as $$ select coalesce(nullif(pg_catalog.current_setting('app.people', true), ''), '{}')::pg_catalog.uuid[] $$;

-- The application makes nothing, neither here nor in pg_temp; that no login of ours may, each start sees to (a dump does not carry the rights of a database).
revoke create on schema public from public;
