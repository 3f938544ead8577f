-- Why: a flag that somebody is busy is forgotten by whichever way out does not clear it (a case cancelled in session kept its doctor busy for
-- ever). Busy is asked, not kept: of the module that keeps cases, which stands above this one and puts its answer into this function.
create function roster.kept_by_case(person uuid) returns boolean language sql stable as $$ select false $$;
grant execute on function roster.kept_by_case(uuid) to moinha_app;

create or replace function roster.presence_of(person uuid, at timestamptz) returns text
language sql stable
as $$
  select case
    when not exists (select from roster.open_page o where o.person_id = person and o.seen_at > at - roster.page_life()) then 'offline'
    when p.paused then 'paused'
    when roster.kept_by_case(person) then 'busy'
    else 'online' end
  from (select person as id) x left join roster.presence p on p.person_id = x.id
$$;

alter table roster.presence drop column busy;

-- A swap under the id its screen gave it: sent twice, it swaps once.
create table roster.swap (
  id uuid primary key,
  shift_id uuid not null references roster.shift,
  with_shift_id uuid not null references roster.shift,
  swapped_by uuid,
  swapped_at timestamptz not null
);
grant select, insert on roster.swap to moinha_app;
