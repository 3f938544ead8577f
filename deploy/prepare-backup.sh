#!/bin/sh
# Makes the two encrypted places backups go to, under BACKUP_DIR of /etc/moinha/site; may be run again.
set -eu
. /etc/moinha/site
keys=/etc/moinha
[ -n "${BACKUP_DIR:-}" ] || { echo 'Thiếu BACKUP_DIR trong /etc/moinha/site · BACKUP_DIR is missing in /etc/moinha/site' >&2; exit 78; }
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

runuser -u postgres -- pgbackrest --stanza=moinha stanza-create
runuser -u postgres -- pgbackrest --stanza=moinha check
export RESTIC_REPOSITORY="$BACKUP_DIR/files" RESTIC_PASSWORD_FILE="$keys/backup-key.files"
[ -e "$BACKUP_DIR/files/config" ] || restic --quiet init
echo "Nơi sao lưu đã sẵn sàng: $BACKUP_DIR · backups go to $BACKUP_DIR"
