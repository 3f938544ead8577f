-- Why: an account nobody has vouched for must not make, grant or vouch for others either; else one hand with two accounts would be four eyes.
create or replace function identity.acting_staff() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := platform.actor_person(); account identity.account_user;
begin
  if platform.actor_kind() = 'system' and exists (select from platform.seed_mark where name = 'identity people') then return null; end if;
  if platform.actor_kind() <> 'staff' or actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  select * into account from identity.account_user where id = actor and kind = 'staff' and disabled_at is null;
  if not found then perform identity.refuse('NOT_ALLOWED'); end if;
  if account.credential_by is not null and account.vouched_at is null then perform identity.refuse('VOUCH_FOR_YOURSELF_FIRST'); end if;
  return actor;
end $$;
