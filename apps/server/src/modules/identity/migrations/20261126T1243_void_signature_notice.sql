-- Why: a signature that has no force, since its signer lost the right between signing and completion, must reach the
-- signer, who may no longer see the document it was for.
alter table identity.account_notice drop constraint account_notice_kind_check;
alter table identity.account_notice add constraint account_notice_kind_check
  check (kind in ('password-reset', 'totp-removed', 'account-made', 'signature-void'));

-- Only what the house does by itself tells it.
create function identity.tell_void_signature(signer uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  if platform.actor_kind() <> 'system' then perform identity.refuse('NOT_ALLOWED'); end if;
  insert into identity.account_notice (recipient_id, person_id, kind) values (signer, signer, 'signature-void');
end $$;
revoke execute on function identity.tell_void_signature(uuid) from public;
grant execute on function identity.tell_void_signature(uuid) to moinha_app;
