-- Why: a printed slip lets somebody set the first password, so giving one is judged and written down like giving a password.
-- Only for whoever has not set one: anybody else's is reset. The slip before it, a temporary password and open sessions end.
create function identity.issue_slip(person uuid, hash text, dead_password text, request text) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.require_over_account(person); until timestamptz;
begin
  if actor is null then perform identity.refuse('NOT_ALLOWED'); end if;
  perform from identity.account_user where id = person and must_change_password for update;
  if not found then perform identity.refuse('SLIP_NOT_DUE'); end if;
  select now() + make_interval(hours => value) into until from identity.setting where key = 'slip_hours';
  insert into identity.first_code (person_id, code_hash, purpose, made_by, expires_at) values (person, hash, 'slip', actor, until)
    on conflict (person_id) do update set code_hash = excluded.code_hash, purpose = excluded.purpose, made_by = excluded.made_by,
      made_at = now(), expires_at = excluded.expires_at, used_at = null;
  update identity.account_credential set password = dead_password, updated_at = now() where user_id = person and provider_id = 'credential';
  update identity.account_user set credential_by = actor, credential_at = now(), vouched_by = null, vouched_at = null,
    last_sign_in_at = now() where id = person;
  delete from identity.account_session where user_id = person;
  perform identity.note(request, 'identity.issueSlip', 'account', person);
  return until;
end $$;
revoke execute on function identity.issue_slip(uuid, text, text, text) from public;
grant execute on function identity.issue_slip(uuid, text, text, text) to moinha_app;

-- Until when a slip still holds, for the list of whom the unit waits for; never the code's hash.
create function identity.slip_until(person uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select expires_at from identity.first_code where person_id = person and used_at is null and expires_at > now() $$;
revoke execute on function identity.slip_until(uuid) from public;
grant execute on function identity.slip_until(uuid) to moinha_app;

create index account_user_awaited on identity.account_user (id) where must_change_password and kind = 'staff';
