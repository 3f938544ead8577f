-- Why: every read and write of a patient's data, also a refused one, leaves a row that nobody can change; rows are chained by hash in order of sealing.
create schema audit;
create table audit.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  request_id text,
  actor_kind text not null,
  actor_id uuid,
  facility_id uuid,
  action text not null,
  outcome text not null default 'done' check (outcome in ('done', 'refused')),
  subject text not null,
  subject_id uuid,
  patient_id uuid,
  detail jsonb,
  seal_no bigint unique,
  seal_hash bytea
);
create index entry_patient on audit.entry (patient_id, id desc) where patient_id is not null;
create index entry_actor on audit.entry (actor_id, id desc);
create index entry_unsealed on audit.entry (id) where seal_no is null;

-- The hash of one row on top of the one before it.
create function audit.hash_of(previous bytea, e audit.entry) returns bytea
language sql stable
as $$ select sha256(previous || convert_to(concat_ws('|', e.seal_no, e.id, extract(epoch from e.at), e.request_id, e.actor_kind, e.actor_id, e.facility_id,
  e.action, e.outcome, e.subject, e.subject_id, e.patient_id, e.detail::text), 'UTF8')) $$;

-- Seals what is committed and not yet sealed. One sealer at a time; called every few seconds by a job.
create function audit.seal_pending(batch int default 5000) returns int
language plpgsql security definer set search_path = audit, pg_catalog
as $$
declare last_no bigint; last_hash bytea; e audit.entry; n int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('audit.seal')) then return 0; end if;
  select seal_no, seal_hash into last_no, last_hash from audit.entry where seal_no is not null order by seal_no desc limit 1;
  last_no := coalesce(last_no, 0); last_hash := coalesce(last_hash, '\x00');
  for e in select * from audit.entry where seal_no is null order by id limit batch loop
    last_no := last_no + 1;
    e.seal_no := last_no;
    last_hash := audit.hash_of(last_hash, e);
    update audit.entry set seal_no = last_no, seal_hash = last_hash where id = e.id;
    n := n + 1;
  end loop;
  return n;
end $$;

-- The first sealed row whose hash does not fit, or null when the chain is whole.
create function audit.first_broken() returns bigint
language plpgsql stable security definer set search_path = audit, pg_catalog
as $$
declare previous bytea := '\x00'; e audit.entry; expected bigint := 1;
begin
  for e in select * from audit.entry where seal_no is not null order by seal_no loop
    if e.seal_no <> expected or e.seal_hash is distinct from audit.hash_of(previous, e) then return expected; end if;
    previous := e.seal_hash; expected := expected + 1;
  end loop;
  return null;
end $$;

grant usage on schema audit to moinha_app;
grant select, insert on audit.entry to moinha_app;
grant execute on function audit.seal_pending(int), audit.first_broken() to moinha_app;

-- Append-only also for the owner's ordinary statements: only the sealer's own columns may be filled, once.
create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seal_no is null and (to_jsonb(new) - 'seal_no' - 'seal_hash') = (to_jsonb(old) - 'seal_no' - 'seal_hash') then return new; end if;
  raise exception 'audit.entry is append-only';
end $$;
create trigger append_only before update or delete on audit.entry for each row execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entry for each statement execute function audit.refuse_change();

-- A patient reads who opened their record; staff read their own acts and those of their own units.
alter table audit.entry enable row level security;
create policy write_all on audit.entry for insert to moinha_app with check (true);
create policy read_own on audit.entry for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or patient_id = any ((select platform.actor_people())::uuid[])
  or actor_id = (select platform.actor_person())
  or facility_id = any ((select platform.actor_facilities())::uuid[]));
