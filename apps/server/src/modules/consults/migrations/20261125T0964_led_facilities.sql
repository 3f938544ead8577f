-- Why: who waits to be vouched for coordinates no hospital's consults, whatever the server would have let pass.
create or replace function consults.led_facilities() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select identity.granted_facilities('consult.lead') $$;
