#!/bin/sh
# Makes the settings and secrets of this server, once, readable by root alone. Nothing is printed; what is there is never replaced.
set -eu
umask 077
home=/etc/moinha
[ -r "$home/site" ] || { echo "Thiếu $home/site: làm bước 1 trước · $home/site is missing: do step 1 first" >&2; exit 78; }
. "$home/site"
[ -n "${DOMAIN:-}" ] || { echo "Thiếu DOMAIN trong $home/site · DOMAIN is missing in $home/site" >&2; exit 78; }

if [ -e "$home/env" ]; then
  echo "$home/env đã có, giữ nguyên · $home/env exists and is left as it is"
else
  random() { openssl rand -hex 32; }
  # written beside and moved: a disk that fills up on the way leaves no half of a file behind
  cat > "$home/env.new" <<END
NODE_ENV=production
HOST=127.0.0.1
PORT=3000
PUBLIC_URL=https://$DOMAIN
TRUST_PROXY=1
DATA_DIR=/var/lib/moinha
DATABASE_URL=postgres://moinha_owner:$(random)@127.0.0.1:5432/moinha
APP_DATABASE_URL=postgres://moinha_app:$(random)@127.0.0.1:5432/moinha
AUTH_DATABASE_URL=postgres://moinha_auth:$(random)@127.0.0.1:5432/moinha
AUTH_SECRET=$(random)
FILES_KEY=$(random)
AUDIT_SIGNING_KEY=$(openssl genpkey -algorithm ed25519 | base64 -w0)
LIVEKIT=off
END
  mv "$home/env.new" "$home/env"
  echo "Đã tạo $home/env · $home/env is made"
fi
# each opens one of the two backups: without them a backup is worth nothing
for name in database files; do
  [ -e "$home/backup-key.$name" ] || { openssl rand -base64 36 > "$home/backup-key.new" && mv "$home/backup-key.new" "$home/backup-key.$name"; }
done
