-- Why: who waits to be vouched for reads no unit's access log, whatever the server would have let pass.
create or replace function audit.read_facilities() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select identity.granted_facilities('audit.read') $$;

create or replace function audit.reads_top() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select identity.granted_at_top('audit.read') $$;
