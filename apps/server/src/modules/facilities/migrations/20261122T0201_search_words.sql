-- Why: search finds short names too, words from their beginning ("po y" is Pờ Y, not the y of "y tế"), and names typed without hyphen or apostrophe.
create function facilities.search_text(value text) returns text
language sql immutable parallel safe strict
as $$ select translate(platform.fold(value), '-–_%\''’', '     ') $$;
grant execute on function facilities.search_text(text) to moinha_app;

alter table facilities.facility drop column search;
alter table facilities.facility add column search text generated always as
  (' ' || facilities.search_text(name || ' ' || coalesce(commune_name, '') || ' ' || short_name)) stored;
create index facility_search on facilities.facility using gin (search gin_trgm_ops);
