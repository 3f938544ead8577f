#!/bin/sh
# prepare-backup.sh: makes the two encrypted places backups go to, under BACKUP_DIR of /etc/moinha/site; may be run again.
# prepare-backup.sh existing: those of a machine that is gone, to be restored here.
set -eu
. /etc/moinha/site
keys=/etc/moinha
[ -n "${BACKUP_DIR:-}" ] || { echo 'Thiếu BACKUP_DIR trong /etc/moinha/site · BACKUP_DIR is missing in /etc/moinha/site' >&2; exit 78; }
for name in database files; do
  [ -r "$keys/backup-key.$name" ] || { echo "Thiếu $keys/backup-key.$name · $keys/backup-key.$name is missing" >&2; exit 78; }
done
if [ "${1:-}" = existing ]; then
  [ -d "$BACKUP_DIR/database/backup" ] && [ -e "$BACKUP_DIR/files/config" ] ||
    { echo "Không có bản sao lưu nào trong $BACKUP_DIR · there are no backups in $BACKUP_DIR" >&2; exit 78; }
  # the other machine may have counted its users otherwise
  chown -R postgres:postgres "$BACKUP_DIR/database"
fi
install -d -m 0750 -o root -g postgres "$BACKUP_DIR"
install -d -m 0750 -o postgres -g postgres "$BACKUP_DIR/database"
install -d -m 0700 "$BACKUP_DIR/files"

umask 077
cat > /etc/pgbackrest.conf.new <<END
[global]
repo1-path=$BACKUP_DIR/database
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$(cat "$keys/backup-key.database")
# five weeks of full backups, and every moment in between
repo1-retention-full=5
compress-type=zst
start-fast=y
process-max=2
log-level-console=warn
log-level-file=info

[moinha]
pg1-path=/var/lib/postgresql/15/main
END
chown root:postgres /etc/pgbackrest.conf.new
chmod 0640 /etc/pgbackrest.conf.new
mv /etc/pgbackrest.conf.new /etc/pgbackrest.conf

as_postgres() { runuser -u postgres -- pgbackrest --stanza=moinha "$@"; }
has_backups() { as_postgres info --output=json | grep -q '"label":'; }
export RESTIC_REPOSITORY="$BACKUP_DIR/files" RESTIC_PASSWORD_FILE="$keys/backup-key.files"
if [ "${1:-}" = existing ]; then
  has_backups || { echo "Không đọc được bản sao lưu trong $BACKUP_DIR/database · the backups cannot be read: backup-key.database" >&2; exit 78; }
  echo "Bản sao lưu đọc được, phục hồi được · the backups can be read: restore.sh latest"
  exit 0
fi
if ! words=$(as_postgres stanza-create 2>&1); then
  ! has_backups || words="có bản sao lưu của một máy khác, xem “Trên một máy mới” · it holds backups of another machine, see “On a new machine”"
  echo "Không dùng được $BACKUP_DIR · $BACKUP_DIR cannot be used: $words" >&2
  exit 78
fi
as_postgres check
[ -e "$BACKUP_DIR/files/config" ] || restic --quiet init
echo "Nơi sao lưu đã sẵn sàng: $BACKUP_DIR · backups go to $BACKUP_DIR"
