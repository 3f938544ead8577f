-- Why: in a database that holds a demo the system could grant for ever, because the mark of the load stayed; and the application's login could set
-- the mark itself. Now identity's own login opens one transaction of the application for the load, and nothing outlives that transaction.
create table identity.demo_load (
  transaction xid8 primary key,
  opened_at timestamptz not null default clock_timestamp()
);

create function identity.open_demo_load(transaction xid8) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  delete from identity.demo_load;
  if exists (select from platform.seed_mark where name = 'identity people') then perform identity.refuse('NOT_ALLOWED'); end if;
  insert into identity.demo_load (transaction) values (open_demo_load.transaction);
  perform audit.write_entry(jsonb_build_object('request_id', 'system', 'actor_kind', 'system',
    'action', 'identity.openDemoLoad', 'subject', 'account'));
end $$;

-- Is this the transaction that loads the demo's people? Opened while it runs: numbers of a restored database come again, times do not.
create function identity.loads_demo() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select exists (select from identity.demo_load where transaction = pg_current_xact_id_if_assigned() and opened_at >= now()) $$;

create or replace function identity.acting_staff() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := platform.actor_person(); account identity.account_user;
begin
  if platform.actor_kind() = 'system' and identity.loads_demo() then return null; end if;
  if platform.actor_kind() <> 'staff' or actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  select * into account from identity.account_user where id = actor and kind = 'staff' and disabled_at is null;
  if not found then perform identity.refuse('NOT_ALLOWED'); end if;
  if account.credential_by is not null and account.vouched_at is null then perform identity.refuse('VOUCH_FOR_YOURSELF_FIRST'); end if;
  return actor;
end $$;

-- The mark of demo people also keeps production from a database; only the load itself may set it.
alter table platform.seed_mark enable row level security;
create policy read_marks on platform.seed_mark for select to moinha_app, moinha_auth using (true);
create policy set_marks on platform.seed_mark for insert to moinha_app with check (name <> 'identity people' or identity.loads_demo());

revoke execute on function identity.open_demo_load(xid8), identity.loads_demo() from public;
grant execute on function identity.open_demo_load(xid8) to moinha_auth;
grant execute on function identity.loads_demo() to moinha_app;
