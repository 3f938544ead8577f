-- Why: an open page may do what its person may do now, not what they could when it opened. Whatever ends or gives access, on whichever way, says so
-- in its own transaction; every process reads that person's sockets again.
-- The triggers run as the owner: whichever login writes, the news leaves.
create function identity.tell_access_changed(person uuid) returns void
language sql
as $$ select pg_notify('moinha_live', json_build_object('topic', 'person:' || person, 'name', 'access.changed', 'payload', json_build_object())::text) $$;
revoke execute on function identity.tell_access_changed(uuid) from public;

create function identity.session_ended() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- the nightly sweep of sessions long over tells nobody
  if old.expires_at > now() then perform identity.tell_access_changed(old.user_id); end if;
  return null;
end $$;
create trigger tell_ended after delete on identity.account_session for each row execute function identity.session_ended();

create function identity.account_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (new.disabled_at, new.must_change_password, new.totp_enabled) is distinct from (old.disabled_at, old.must_change_password, old.totp_enabled) then
    perform identity.tell_access_changed(new.id);
  end if;
  return null;
end $$;
create trigger tell_changed after update of disabled_at, must_change_password, totp_enabled on identity.account_user
  for each row execute function identity.account_changed();

create function identity.holding_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op <> 'INSERT' then perform identity.tell_access_changed(old.person_id); end if;
  if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.person_id is distinct from old.person_id) then
    perform identity.tell_access_changed(new.person_id);
  end if;
  return null;
end $$;
create trigger tell_changed after insert or update or delete on identity.role_grant for each row execute function identity.holding_changed();
create trigger tell_changed after insert or update or delete on identity.staff_post for each row execute function identity.holding_changed();

create function identity.family_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op <> 'INSERT' then perform identity.tell_access_changed(old.guardian_id); end if;
  if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.guardian_id is distinct from old.guardian_id) then
    perform identity.tell_access_changed(new.guardian_id);
  end if;
  return null;
end $$;
create trigger tell_changed after insert or update or delete on identity.family_member for each row execute function identity.family_changed();
