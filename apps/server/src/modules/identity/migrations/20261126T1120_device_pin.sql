-- Why: two nurses share a PC. After the day's full sign-in a PIN of one's own brings one back on that PC, that day.
-- It hangs on the session of
-- that sign-in, which is set aside and not ended while a colleague works: whatever ends the session ends the PIN
-- and what it opened.
alter table identity.account_session
  add column set_aside_at timestamptz,
  -- the full sign-in behind a session opened by PIN
  add column opened_from uuid references identity.account_session on delete cascade;
create index account_session_opened_from on identity.account_session (opened_from) where opened_from is not null;

create table identity.device_pin (
  person_id uuid not null references identity.account_user on delete cascade,
  -- of the secret in the browser's cookie; without that cookie there is nothing to try a PIN against
  device_hash text not null,
  pin_hash text not null,
  -- counted before it is judged, so that many at once get no more tries than one after the other
  tries int not null default 0,
  session_id uuid not null references identity.account_session on delete cascade,
  set_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (person_id, device_hash)
);
create index device_pin_device on identity.device_pin (device_hash);
create index device_pin_session on identity.device_pin (session_id);
create index device_pin_expiry on identity.device_pin (expires_at);
grant select, insert, update, delete on identity.device_pin to moinha_auth;

insert into identity.setting (key, value, source) values
  ('pin_session_hours', 4, 'house rule: half a working day; then the PIN is typed again');

-- Open pages of a session that was set aside are no longer that person's.
create function identity.session_set_aside() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform identity.tell_access_changed(new.user_id);
  return null;
end $$;
create trigger tell_set_aside after update of set_aside_at on identity.account_session
  for each row execute function identity.session_set_aside();
