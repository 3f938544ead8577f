-- Why: the ground every module stands on: extensions, the application role that owns nothing, search without diacritics, the actor's variables.
create extension if not exists ltree;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- PostgreSQL 18 brings uuidv7(); older servers get the same: 48 bits of milliseconds, then random (RFC 9562 §5.7).
do $$ begin
  if current_setting('server_version_num')::int < 180000 then
    create function public.uuidv7() returns uuid language sql volatile parallel safe as $f$
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid $f$;
  end if;
end $$;

do $$ begin
  if not exists (select from pg_roles where rolname = 'moinha_app') then
    create role moinha_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end $$;

-- the application may read which migrations ran, for /health; nothing else here
grant usage on schema platform to moinha_app;
grant select on platform.migration to moinha_app;

-- Folds a text for search: no diacritics, đ → d, lower case. Immutable so that indexes can use it.
create function platform.fold(value text) returns text
language sql immutable parallel safe strict
as $$ select lower(public.unaccent('public.unaccent'::regdictionary, replace(replace(normalize(value, NFC), 'đ', 'd'), 'Đ', 'D'))) $$;
grant execute on function platform.fold(text) to moinha_app;

-- The actor of this transaction, set by the server with set_config(…, true).
create function platform.actor_person() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.person_id', true), '')::uuid $$;

create function platform.actor_kind() returns text
language sql stable parallel safe
as $$ select coalesce(current_setting('app.actor_kind', true), 'anonymous') $$;

-- Facilities at which the actor has a clinical post.
create function platform.actor_facilities() returns uuid[]
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('app.facility_ids', true), ''), '{}')::uuid[] $$;

-- People the actor is or acts for.
create function platform.actor_people() returns uuid[]
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('app.people', true), ''), '{}')::uuid[] $$;

grant execute on function platform.actor_person(), platform.actor_kind(), platform.actor_facilities(), platform.actor_people() to moinha_app;
