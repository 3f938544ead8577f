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

-- One value with its length before it, so that no text can pass for two: '5:Y Lan;', and '-;' for none.
create function audit.field(value text) returns text language sql immutable parallel safe
as $$ select case when value is null then '-;' else octet_length(value) || ':' || value || ';' end $$;

-- What of a row goes into its hash; the verifier builds the same text by itself (domain/row-text.ts).
create function audit.row_text(e audit.entry, chain text, no bigint) returns text language sql immutable parallel safe
as $$ select audit.field(chain) || audit.field(no::text) || audit.field(e.id::text) || audit.field((extract(epoch from e.at) * 1000000)::bigint::text)
  || audit.field(e.request_id) || audit.field(e.actor_kind) || audit.field(e.actor_id::text) || audit.field(e.actor_facility_id::text)
  || audit.field(e.facility_id::text) || audit.field(e.action) || audit.field(e.outcome) || audit.field(e.subject) || audit.field(e.subject_id::text)
  || audit.field(e.patient_id::text) || audit.field(e.patient_ids::text) || audit.field(e.detail::text)
  || audit.field(e.seal_no::text) || audit.field(encode(e.seal_hash, 'hex')) $$;

create function audit.link(state bytea, item text, start bytea) returns bytea language sql immutable parallel safe
as $$ select sha256(coalesce(state, start) || convert_to(item, 'UTF8')) $$;
create aggregate audit.link_all(text, bytea) (sfunc = audit.link, stype = bytea);

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
create function audit.seal(batch int) returns table (chain text, no bigint, hash bytea, sealed bigint)
language plpgsql security definer set search_path = audit, public, pg_catalog
as $$
#variable_conflict use_column
begin
  if not pg_try_advisory_xact_lock(hashtext('audit.seal')) then return; end if;
  return query
  with pending as materialized (
    select e from audit.entry e where e.chain is null order by e.id limit batch
  ), place as materialized (
    select p.facility_id, subpath(p.path, least(1, nlevel(p.path) - 1), 1)::text as province from facilities.current_path p
    where p.facility_id in (select coalesce((w.e).facility_id, (w.e).actor_facility_id) from pending w)
  ), named as (
    select w.e, coalesce(place.province, '-') || '/' || to_char((w.e).at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as chain
    from pending w left join place on place.facility_id = coalesce((w.e).facility_id, (w.e).actor_facility_id)
  ), numbered as (
    select n.e, n.chain, coalesce(h.no, 0) + row_number() over (partition by n.chain order by (n.e).id) as no,
      coalesce(h.hash, audit.chain_start(n.chain)) as start
    from named n left join audit.chain_head h on h.chain = n.chain
  ), linked as materialized (
    select (n.e).id, n.chain, n.no,
      audit.link_all(audit.row_text(n.e, n.chain, n.no), n.start) over (partition by n.chain order by n.no) as hash
    from numbered n
  ), written as (
    update audit.entry e set chain = l.chain, chain_no = l.no, chain_hash = l.hash from linked l where e.id = l.id
  ), heads as (
    select distinct on (l.chain) l.chain, l.no, l.hash, count(*) over (partition by l.chain) as sealed from linked l order by l.chain, l.no desc
  ), kept as (
    insert into audit.chain_head as h (chain, no, hash) select x.chain, x.no, x.hash from heads x
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
