-- Why: whoever gives a program its token answers for it. A maker who keeps the account but lost the role that let them
-- give it left a token behind that still did what nobody of the unit had given.

-- Could this person give a token for this role at this unit today? Not for an account that is closed.
create function identity.answers_for_token(maker uuid, facility uuid, role text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from identity.account_user u
    join identity.role r on r.key = role
    where u.id = maker and u.disabled_at is null and identity.managing_rank(u.id, facility) >= r.rank)
$$;
revoke execute on function identity.answers_for_token(uuid, uuid, text) from public;
grant execute on function identity.answers_for_token(uuid, uuid, text) to moinha_app, moinha_auth;
