-- Why: a slip that was lost or kept opened an account that had got another password since. A one-time code holds only
-- while it is the latest access the account was given and no password of the person's own stands.
create or replace function identity.slip_until(person uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select c.expires_at from identity.first_code c join identity.account_user u on u.id = c.person_id
  where c.person_id = person and c.used_at is null and c.expires_at > now()
    and u.must_change_password and u.disabled_at is null and c.made_at >= coalesce(u.credential_at, '-infinity')
$$;

-- Closing an account ends its code too: opened again, it waits for a new one.
create or replace function identity.set_disabled(person uuid, disabled boolean, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform identity.require_over_account(person);
  if disabled then
    update identity.account_user set disabled_at = now() where id = person;
    delete from identity.first_code where person_id = person and used_at is null;
    delete from identity.account_session where user_id = person;
  else
    update identity.account_user set disabled_at = null, last_sign_in_at = now() where id = person;
  end if;
  perform identity.note(request, 'identity.setDisabled', 'account', person, null,
    jsonb_build_object('disabled', disabled));
end $$;

-- Takes the account before its password, as whoever uses a code does: neither waits for the other for ever.
create or replace function identity.reset_password(person uuid, password_hash text, also_totp boolean, request text)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.require_over_account(person);
begin
  if also_totp and (exists (select from identity.role_grant
      where person_id = person and valid_until is null and granted_by = actor)
    or exists (select from identity.account_user where id = person and credential_by = actor)) then
    perform identity.refuse('SECOND_ADMIN_NEEDED');
  end if;
  update identity.account_user set must_change_password = true, last_sign_in_at = now(), credential_by = actor,
    credential_at = now(), vouched_by = null, vouched_at = null, totp_enabled = totp_enabled and not also_totp
    where id = person;
  update identity.account_credential set password = password_hash, updated_at = now()
    where user_id = person and provider_id = 'credential';
  if also_totp then delete from identity.account_totp where user_id = person; end if;
  delete from identity.account_session where user_id = person;
  perform identity.tell_heads(person, 'password-reset');
  if also_totp then perform identity.tell_heads(person, 'totp-removed'); end if;
  perform identity.note(request, 'identity.resetPassword', 'account', person, null,
    jsonb_build_object('alsoTotp', also_totp));
end $$;
