#!/bin/sh
# Makes the three logins and the database that /etc/moinha/env names; may be run again. Passwords go through a pipe, never through a command line.
set -eu
settings=/etc/moinha/env
password() { sed -n "s|^$1=postgres://[^:]*:\([^@]*\)@.*|\1|p" "$settings"; }
for name in DATABASE_URL APP_DATABASE_URL AUTH_DATABASE_URL; do
  [ -n "$(password $name)" ] || { echo "Thiếu $name trong $settings · $name is missing in $settings" >&2; exit 78; }
done
psql() { runuser -u postgres -- /usr/bin/psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }
psql -c 'select' > /dev/null 2>&1 || { echo 'PostgreSQL không trả lời · PostgreSQL does not answer: systemctl status postgresql' >&2; exit 75; }

psql <<END
-- neither the statements nor the passwords in them belong in the log
set log_statement = 'none';
set log_min_error_statement = 'panic';
do \$\$
declare login text;
begin
  foreach login in array array['moinha_owner', 'moinha_app', 'moinha_auth'] loop
    if not exists (select from pg_roles where rolname = login) then execute format('create role %I', login); end if;
    execute format('alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole', login);
  end loop;
end \$\$;
alter role moinha_owner password '$(password DATABASE_URL)';
alter role moinha_app password '$(password APP_DATABASE_URL)';
alter role moinha_auth password '$(password AUTH_DATABASE_URL)';
-- Vietnamese order wherever nobody asks for another
select 'create database moinha owner moinha_owner template template0 encoding ''UTF8'' locale ''C'' locale_provider icu icu_locale ''vi-VN'''
  where not exists (select from pg_database where datname = 'moinha') \gexec
revoke all on database moinha from public;
grant connect on database moinha to moinha_app, moinha_auth;
END
echo 'Cơ sở dữ liệu moinha đã sẵn sàng · database moinha is ready'
