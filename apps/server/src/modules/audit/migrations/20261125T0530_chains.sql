-- Why: the access log must convince: one chain per province and month, sealed in sets until nothing is left, rows encoded so that no value can move
-- between columns, the last row of each chain signed by a key the database does not hold. Old rows keep their old seal and are sealed into the new chains too.
alter table audit.entry
  add column patient_ids uuid[],          -- a list that showed several patients names each
  add column actor_facility_id uuid,      -- where the actor works; facility_id is where the subject belongs
  add column chain text,
  add column chain_no bigint,
  add column chain_hash bytea;

create index entry_patients on audit.entry using gin (patient_ids) where patient_ids is not null;
create index entry_facility on audit.entry (facility_id, id desc) where facility_id is not null;
create unique index entry_chain on audit.entry (chain, chain_no) where chain is not null;
create index entry_unchained on audit.entry (id) where chain is null;
drop index audit.entry_unsealed;

create function audit.chain_start(chain text) returns bytea language sql immutable parallel safe
as $$ select sha256(convert_to('moinha audit chain ' || chain, 'UTF8')) $$;

-- The last row of each chain, and the last of it that was signed. The application reads it, and changes it only through the functions below.
create table audit.chain_head (
  chain text primary key,
  no bigint not null,
  hash bytea not null,
  signed_no bigint,
  signed_hash bytea,
  signed_at timestamptz,
  signature bytea,
  key_id text
);

-- Seals up to `batch` rows, each into the chain of its province and month. One sealer at a time. Answers the chains it lengthened.
-- A row's hash is sha256(the one before || its values as a JSON array of texts): no value can pass for two or move to another column. The verifier
-- spells the same array out by itself (store/chain-rows.ts).
create function audit.seal(batch int) returns table (chain text, no bigint, hash bytea, sealed bigint)
language plpgsql security definer set search_path = audit, public, pg_catalog
as $$
#variable_conflict use_column
declare r record; current text; h bytea; ids bigint[] := '{}'; chains text[] := '{}'; nos bigint[] := '{}'; hashes bytea[] := '{}';
begin
  if not pg_try_advisory_xact_lock(hashtext('audit.seal')) then return; end if;
  for r in
    with pending as materialized (
      select * from audit.entry where chain is null order by id limit batch
    ), place as materialized (
      select p.facility_id, subpath(p.path, least(1, nlevel(p.path) - 1), 1)::text as province from facilities.current_path p
      where p.facility_id in (select coalesce(w.facility_id, w.actor_facility_id) from pending w)
    ), named as (
      select w.*, coalesce(place.province, '-') || '/' || to_char(w.at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as of_chain
      from pending w left join place on place.facility_id = coalesce(w.facility_id, w.actor_facility_id)
    ), numbered as (
      select n.*, coalesce(c.no, 0) + row_number() over (partition by n.of_chain order by n.id) as of_no,
        coalesce(c.hash, audit.chain_start(n.of_chain)) as start
      from named n left join audit.chain_head c on c.chain = n.of_chain
    )
    select n.of_chain, n.of_no, n.id, n.start, to_json(array[n.of_chain, n.of_no::text, n.id::text, (extract(epoch from n.at) * 1000000)::bigint::text,
        n.request_id, n.actor_kind, n.actor_id::text, n.actor_facility_id::text, n.facility_id::text, n.action, n.outcome, n.subject, n.subject_id::text,
        n.patient_id::text, n.patient_ids::text, n.detail::text, n.seal_no::text, encode(n.seal_hash, 'hex')])::text as item
    from numbered n order by n.of_chain, n.of_no
  loop
    if r.of_chain is distinct from current then current := r.of_chain; h := r.start; end if;
    h := sha256(h || convert_to(r.item, 'UTF8'));
    ids := ids || r.id; chains := chains || r.of_chain; nos := nos || r.of_no; hashes := hashes || h;
  end loop;
  update audit.entry e set chain = u.chain, chain_no = u.no, chain_hash = u.hash
  from unnest(ids, chains, nos, hashes) as u(id, chain, no, hash) where e.id = u.id;
  return query
  with heads as (
    select distinct on (u.chain) u.chain, u.no, u.hash, count(*) over (partition by u.chain) as sealed
    from unnest(chains, nos, hashes) as u(chain, no, hash) order by u.chain, u.no desc
  ), kept as (
    insert into audit.chain_head as c (chain, no, hash) select x.chain, x.no, x.hash from heads x
    on conflict (chain) do update set no = excluded.no, hash = excluded.hash
  )
  select x.chain, x.no, x.hash, x.sealed from heads x;
end $$;

-- Keeps the signature of a head. It signs a row that is there, and never an earlier one than before.
create function audit.keep_head(of_chain text, of_no bigint, of_hash bytea, signed timestamptz, by_key text, sign bytea) returns void
language sql security definer set search_path = audit, pg_catalog
as $$
  update audit.chain_head set signed_no = of_no, signed_hash = of_hash, signed_at = signed, key_id = by_key, signature = sign
  where chain = of_chain and coalesce(signed_no, 0) <= of_no
    and exists (select from audit.entry e where e.chain = of_chain and e.chain_no = of_no and e.chain_hash = of_hash)
$$;

-- What verifications found, and how far each chain was verified.
create table audit.verification (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  scope text not null check (scope in ('new', 'full')),
  rows bigint not null,
  ms int not null,
  chains int not null,
  broken jsonb not null
);
create table audit.verified (chain text primary key, no bigint not null, hash bytea not null, at timestamptz not null default now());

create function audit.keep_verification(of_scope text, of_rows bigint, of_ms int, of_broken jsonb, reached jsonb) returns void
language sql security definer set search_path = audit, pg_catalog
as $$
  insert into audit.verified (chain, no, hash) select r.chain, r.no, decode(r.hash, 'hex') from jsonb_to_recordset(reached) as r(chain text, no bigint, hash text)
  on conflict (chain) do update set no = excluded.no, hash = excluded.hash, at = now();
  insert into audit.verification (scope, rows, ms, chains, broken) values (of_scope, of_rows, of_ms, jsonb_array_length(reached), of_broken);
$$;

-- Units whose access log the actor reads: where audit.read was granted, and all beneath. Asked once per statement.
create function audit.read_facilities() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public
as $$
  select coalesce(array_agg(distinct below.facility_id), '{}')
  from identity.role_grant g
  join identity.role_permission p on p.role_key = g.role_key and p.permission = 'audit.read'
  join facilities.current_path root on root.facility_id = g.facility_id
  join facilities.current_path below on below.path <@ root.path
  where g.person_id = platform.actor_person() and g.valid_until is null
$$;

-- May the actor read rows of no unit (citizens' and the system's own)? Who holds audit.read at the top of the tree.
create function audit.reads_top() returns boolean
language sql stable security definer set search_path = pg_catalog, public
as $$
  select exists (select from identity.role_grant g
    join identity.role_permission p on p.role_key = g.role_key and p.permission = 'audit.read'
    join facilities.current_path root on root.facility_id = g.facility_id
    where g.person_id = platform.actor_person() and g.valid_until is null and nlevel(root.path) = 1)
$$;

revoke execute on function audit.seal(int), audit.keep_head(text, bigint, bytea, timestamptz, text, bytea), audit.read_facilities(), audit.reads_top(),
  audit.keep_verification(text, bigint, int, jsonb, jsonb), audit.seal_pending(int) from public;
revoke execute on function audit.seal_pending(int) from moinha_app;
grant execute on function audit.seal(int), audit.keep_head(text, bigint, bytea, timestamptz, text, bytea), audit.read_facilities(), audit.reads_top(),
  audit.keep_verification(text, bigint, int, jsonb, jsonb) to moinha_app;
grant select on audit.chain_head, audit.verification, audit.verified to moinha_app;

-- Only the sealer's columns may be filled, once, and nothing else changes.
create or replace function audit.refuse_change() returns trigger language plpgsql as $$
declare same audit.entry;
begin
  if tg_op = 'UPDATE' and old.chain is null then
    same := new;
    same.chain := null; same.chain_no := null; same.chain_hash := null;
    if same is not distinct from old then return new; end if;
  end if;
  raise exception 'audit.entry is append-only';
end $$;

-- A patient reads who opened their record, in lists too; staff read their own acts; the log of units is read by whoever was granted it there.
drop policy read_own on audit.entry;
create policy read_own on audit.entry for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or patient_id = any ((select platform.actor_people())::uuid[])
  or patient_ids && (select platform.actor_people())
  or actor_id = (select platform.actor_person())
  or facility_id = any ((select audit.read_facilities())::uuid[])
  or actor_facility_id = any ((select audit.read_facilities())::uuid[])
  or (facility_id is null and actor_facility_id is null and (select audit.reads_top())));
