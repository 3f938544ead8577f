-- Why: a table or column that is renamed stands by its old name in the bodies of functions, which are text. These two do what
-- `alter table … rename` leaves undone; they keep owner, rights and search path, and are run by migrations only.
create function platform.rename_word(old text, new text) returns void
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  word text := '\m' || replace(old, '.', '\.') || '\M';
  body text;
begin
  for body in
    select pg_get_functiondef(p.oid) from pg_proc p
    where p.pronamespace = any ('{platform,audit,facilities,identity,records,roster,calls,scheduling,consults,news,indicators}'::regnamespace[])
      and p.prokind = 'f' and p.prosrc ~ word
  loop
    execute regexp_replace(body, word, new, 'g');
  end loop;
end $$;

-- Constraints and indexes bear the name their table had when they were made.
create function platform.rename_prefix(of_table regclass, old text, new text) returns void
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare name text;
begin
  for name in select conname from pg_constraint where conrelid = of_table and conname like old || '\_%' loop
    execute format('alter table %s rename constraint %I to %I', of_table, name, new || substr(name, length(old) + 1));
  end loop;
  for name in
    select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = of_table and i.relname like old || '\_%'
  loop
    execute format('alter index %I.%I rename to %I', (select relnamespace::regnamespace from pg_class where oid = of_table), name,
      new || substr(name, length(old) + 1));
  end loop;
end $$;

revoke execute on function platform.rename_word(text, text), platform.rename_prefix(regclass, text, text) from public;
