-- Why: facilities are dated data: any report can be run on the map of any date; the support network is its own dated graph.
create schema facilities;

create table facilities.facility (
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  short_name text not null,
  type text not null,
  commune_name text,
  address text,
  phone text,
  about text,
  is_demo boolean not null default false,
  source text,
  certainty text,
  note text,
  valid daterange not null default daterange('1900-01-01', null),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  search text generated always as (platform.fold(name || ' ' || coalesce(commune_name, ''))) stored
);
create index facility_search on facilities.facility using gin (search gin_trgm_ops);
create index facility_type on facilities.facility (type, name, id);

-- Who administers whom, and from when until when.
create table facilities.placement (
  id uuid primary key default uuidv7(),
  facility_id uuid not null references facilities.facility,
  parent_id uuid references facilities.facility,
  valid daterange not null,
  source text,
  certainty text,
  exclude using gist (facility_id with =, valid with &&)
);
create index placement_parent on facilities.placement (parent_id);

-- Derived from placement: the path of every facility on every date. Rebuilt whenever a placement changes.
create table facilities.tree_path (
  facility_id uuid not null references facilities.facility,
  path ltree not null,
  valid daterange not null,
  exclude using gist (facility_id with =, valid with &&)
);
create index tree_path_path on facilities.tree_path using gist (path);
create index tree_path_facility on facilities.tree_path (facility_id);

create function facilities.label_of(key text) returns text language sql immutable as $$ select replace(key, '-', '_') $$;

create function facilities.rebuild_paths() returns void
language plpgsql security definer set search_path = public, pg_catalog
as $$
begin
  delete from facilities.tree_path;
  insert into facilities.tree_path (facility_id, path, valid)
  with recursive walk(facility_id, path, valid) as (
    select p.facility_id, facilities.label_of(f.key)::public.ltree, p.valid
    from facilities.placement p join facilities.facility f on f.id = p.facility_id where p.parent_id is null
    union all
    select p.facility_id, w.path || facilities.label_of(f.key)::public.ltree, w.valid * p.valid
    from walk w join facilities.placement p on p.parent_id = w.facility_id and p.valid && w.valid
    join facilities.facility f on f.id = p.facility_id
    where not w.path ~ ('*.' || facilities.label_of(f.key) || '.*')::public.lquery
  )
  select facility_id, path, valid from walk where not isempty(valid);
end $$;

-- The path today, on Vietnam's calendar.
create view facilities.current_path as
  select facility_id, path from facilities.tree_path where valid @> (now() at time zone 'Asia/Ho_Chi_Minh')::date;

create table facilities.identifier (
  id uuid primary key default uuidv7(),
  facility_id uuid not null references facilities.facility,
  system text not null,
  value text not null,
  valid daterange not null default daterange('1900-01-01', null),
  source text,
  exclude using gist (system with =, value with =, valid with &&)
);
create index identifier_facility on facilities.identifier (facility_id);

create table facilities.succession (
  predecessor_id uuid not null references facilities.facility,
  successor_id uuid not null references facilities.facility,
  kind text not null check (kind in ('merge', 'split', 'rename', 'reorganise')),
  on_date date not null,
  source text,
  certainty text,
  primary key (predecessor_id, successor_id, on_date)
);

create table facilities.specialty (code text primary key, name_vi text not null, name_en text not null, sort int not null default 0);

-- Who backs whom: per specialty (null = every specialty), per phase, ranked, dated.
create table facilities.support_link (
  id uuid primary key default uuidv7(),
  from_id uuid not null references facilities.facility,
  to_id uuid not null references facilities.facility,
  specialty text references facilities.specialty,
  phase text not null,
  rank int not null default 1 check (rank between 1 and 9),
  role text not null check (role in ('upper_level', 'consult_hospital', 'specialty_support', 'fallback')),
  valid daterange not null,
  source text,
  certainty text,
  check (from_id <> to_id),
  exclude using gist (from_id with =, to_id with =, (coalesce(specialty, '')) with =, valid with &&)
);
create index support_link_to on facilities.support_link (to_id);

create table facilities.population (
  facility_id uuid not null references facilities.facility,
  year int not null,
  population int not null check (population >= 0),
  population_16_plus int check (population_16_plus between 0 and population),
  source text not null,
  primary key (facility_id, year)
);

-- Which remote services a unit announced (Decree 96/2023 Art. 87(2)-(3), REQ-TELE-02). Booking is possible only for announced services.
create table facilities.tele_service (
  id uuid primary key default uuidv7(),
  facility_id uuid not null references facilities.facility,
  service text not null,
  submitted_on date not null,
  published_on date,
  ended_on date,
  source text,
  -- allowed from the earlier of publication and submission + 10 days
  allowed_from date generated always as (least(coalesce(published_on, submitted_on + 10), submitted_on + 10)) stored,
  unique (facility_id, service, submitted_on)
);

grant usage on schema facilities to moinha_app;
grant select, insert, update on all tables in schema facilities to moinha_app;
grant delete on facilities.placement, facilities.support_link, facilities.identifier to moinha_app;
revoke insert, update on facilities.tree_path from moinha_app;
grant execute on function facilities.rebuild_paths() to moinha_app;
