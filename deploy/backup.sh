#!/bin/sh
# backup.sh database | files: one backup, and a look whether what lies there is still whole. Run by timers; by hand whenever one likes.
set -eu
. /etc/moinha/site
fail() { echo "Sao lưu hỏng · backup failed: $1" >&2; exit 1; }
as_postgres() { runuser -u postgres -- pgbackrest --stanza=moinha "$@"; }

database() {
  kind=diff
  [ "$(date +%u)" != 7 ] || kind=full
  as_postgres --type="$kind" backup || fail 'pgbackrest backup (journalctl -u moinha-backup)'
  found=$(as_postgres verify --output=text 2>&1) || fail "pgbackrest verify: $found"
  # verify ends with 0 whatever it found
  case "$found" in *'status: error'*) fail "pgbackrest verify: $found" ;; esac
}

files() {
  export RESTIC_REPOSITORY="$BACKUP_DIR/files" RESTIC_PASSWORD_FILE=/etc/moinha/backup-key.files RESTIC_CACHE_DIR=/var/cache/moinha-restic
  restic --quiet backup /var/lib/moinha /etc/moinha --tag moinha || fail 'restic backup'
  restic --quiet forget --tag moinha --keep-within 2d --keep-daily 35 --prune || fail 'restic forget'
  # once a day the whole place is read again
  today="/var/cache/moinha-restic/checked-$(date +%F)"
  [ -e "$today" ] && return
  restic --quiet check --read-data || fail 'restic check'
  rm -f /var/cache/moinha-restic/checked-*
  touch "$today"
}

case "${1:-}" in
  database | files) "$1" ;;
  *) echo 'backup.sh database | files' >&2; exit 2 ;;
esac
