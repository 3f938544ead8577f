-- A prescription nothing was handed out on can be taken back, with why; it stays readable.
alter table prescriptions.prescription
  add column withdrawn_at timestamptz,
  add column withdraw_reason text,
  add check ((withdrawn_at is null) = (withdraw_reason is null)),
  -- never sent again
  add check (withdrawn_at is null or next_try_at is null);
grant update (withdrawn_at, withdraw_reason) on prescriptions.prescription to moinha_app;

create index prescription_withdrawn on prescriptions.prescription (facility_id, collect_until)
  where state = 'issued' and withdrawn_at is not null;

create or replace function prescriptions.refuse_edit() returns trigger language plpgsql as $$
declare
  moves text[] := '{state,attempts,next_try_at,issued_at,reply,last_failure,replaced_at,withdrawn_at,withdraw_reason}';
begin
  if (to_jsonb(new) - moves) is distinct from (to_jsonb(old) - moves)
    or (old.state = 'issued' and new.state <> 'issued')
    or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at)
    or (old.withdrawn_at is not null and (new.withdrawn_at, new.withdraw_reason)
      is distinct from (old.withdrawn_at, old.withdraw_reason)) then
    raise exception 'a prescription is replaced, never edited' using errcode = 'MN001';
  end if;
  return new;
end $$;
