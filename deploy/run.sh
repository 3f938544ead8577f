#!/bin/sh
# run.sh audit verify: one of the programs of `npm run`, as the server's own user and with its settings.
set -eu
[ $# -gt 0 ] || { echo 'run.sh audit | admin …' >&2; exit 2; }
tool=$1
shift
[ -r "/opt/moinha/tools/$tool.mjs" ] || { echo "Không có · there is no: $tool" >&2; exit 2; }
[ -r /etc/moinha/env ] || { echo 'Không đọc được /etc/moinha/env (phải là root) · /etc/moinha/env cannot be read (be root)' >&2; exit 78; }
where=--pipe
[ ! -t 0 ] || where=--pty
# systemd reads the settings: no secret passes a command line
exec systemd-run --quiet --collect --wait $where --uid=moinha --working-directory=/opt/moinha --property=EnvironmentFile=/etc/moinha/env \
  --property=StateDirectory=moinha --setenv=HOME=/var/lib/moinha /opt/moinha/node_modules/.bin/node "tools/$tool.mjs" "$@"
