#!/bin/bash
# restore.sh 'YYYY-MM-DD HH:MM:SS': the database as it was at that moment (Vietnam time), and the files that belong to it.
# Everything is made ready beside what is there; only when that succeeded are the two exchanged, and what was there is kept.
set -euo pipefail
cd /
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
. /etc/moinha/site
cluster=/var/lib/postgresql/15
ready=$cluster/restored
refuse() { echo "Không phục hồi, chưa thay đổi gì · not restored, nothing was changed: $1" >&2; exit "${2:-1}"; }
say() { echo "$1" >&2; }
as_postgres() { runuser -u postgres -- "$@"; }

[ "$(id -u)" = 0 ] || refuse 'phải là root · be root' 78
moment=$(TZ=Asia/Ho_Chi_Minh date -d "${1:?restore.sh 'YYYY-MM-DD HH:MM:SS'}" +%s 2> /dev/null) || refuse "không hiểu thời điểm · not a moment: $1" 78
[ "$moment" -le "$(date +%s)" ] || refuse 'thời điểm chưa tới · the moment is yet to come' 78
target=$(date -u -d "@$moment" '+%Y-%m-%d %H:%M:%S+00')

# what was written last must be in the backup before it can be read from there
! as_postgres psql -Atqc 'select pg_switch_wal()' > /dev/null 2>&1 || sleep 3

# backups that ended before the moment, newest first
sets=$(as_postgres pgbackrest --stanza=moinha info --output=json | MOMENT=$moment node -e '
  const [stanza] = JSON.parse(require("fs").readFileSync(0, "utf8"))
  const fit = (stanza?.backup ?? []).filter((one) => one.timestamp.stop <= Number(process.env.MOMENT))
  console.log(fit.map((one) => one.label).reverse().join("\n"))') || refuse 'không đọc được nơi sao lưu · the place of backups cannot be read'
[ -n "$sets" ] || refuse 'không có bản sao lưu nào trước thời điểm đó · no backup is older than that moment'

needed=$(as_postgres pgbackrest --stanza=moinha info --output=json | node -e '
  console.log(Math.ceil((JSON.parse(require("fs").readFileSync(0, "utf8"))[0].backup.at(-1).info.size * 1.2) / 1024))')
[ "$(df --output=avail "$cluster" | tail -1)" -gt "$needed" ] || refuse "đĩa không đủ chỗ, cần $((needed / 1024)) MB · the disk lacks room" 75

made=
for set in $sets; do
  rm -rf "$ready"
  install -d -m 0700 -o postgres -g postgres "$ready"
  if as_postgres pgbackrest --stanza=moinha --pg1-path="$ready" --set="$set" --type=time --target="$target" --target-action=promote \
    restore > /dev/null 2>&1; then
    made=$set
    break
  fi
  say "Bản sao lưu $set bị hỏng, thử bản trước · backup $set is damaged, trying the one before"
done
[ -n "$made" ] || { rm -rf "$ready"; refuse 'không bản sao lưu nào còn nguyên · no backup is whole'; }
# it will stand where the old one stands
sed -i 's| --pg1-path=[^ ]*||' "$ready/postgresql.auto.conf"

say "Dừng máy chủ, đổi sang bản $made · the server stops; backup $made takes over"
kept=$cluster/main.before-$(date +%Y%m%dT%H%M%S)
systemctl stop moinha || true
systemctl stop postgresql@15-main || true
[ ! -e "$cluster/main" ] || mv "$cluster/main" "$kept"
mv "$ready" "$cluster/main"

put_back() {
  systemctl stop postgresql@15-main || true
  rm -rf "$cluster/main"
  if [ -e "$kept" ]; then
    mv "$kept" "$cluster/main"
    systemctl start postgresql@15-main && systemctl start moinha || true
  fi
  refuse "$1"
}
systemctl start postgresql@15-main || put_back 'PostgreSQL không mở được bản đó · PostgreSQL does not open it: /var/log/postgresql'
until [ "$(as_postgres psql -Atqc 'select pg_is_in_recovery()' 2> /dev/null)" = f ]; do
  # on a missing or damaged piece of the log PostgreSQL ends rather than stop short of the moment
  pg_lsclusters -h | grep -q '^15 *main *[0-9]* *online' || put_back 'nhật ký không tới thời điểm đó · the log does not reach that moment'
  sleep 1
done

# files are only ever added: what is missing comes from the first backup after the moment, else from the newest
export RESTIC_REPOSITORY="$BACKUP_DIR/files" RESTIC_PASSWORD_FILE=/etc/moinha/backup-key.files
snapshot=$(restic --quiet snapshots --tag moinha --json | MOMENT=$moment node -e '
  const all = JSON.parse(require("fs").readFileSync(0, "utf8"))
  const after = all.find((one) => Date.parse(one.time) / 1000 >= Number(process.env.MOMENT))
  console.log((after ?? all.at(-1))?.short_id ?? "")')
if [ -n "$snapshot" ]; then
  scratch=$(mktemp -d -p /var/lib)
  restic --quiet restore "$snapshot" --include /var/lib/moinha --target "$scratch"
  # no-clobber: the signed heads that are here are newer than those of the backup
  [ ! -d "$scratch/var/lib/moinha" ] || cp --archive --no-clobber "$scratch/var/lib/moinha/." /var/lib/moinha/
  rm -rf "$scratch"
else
  say 'Không có bản sao lưu tệp nào · there is no backup of files'
fi

/opt/moinha/deploy/run.sh audit restored "$(date -u -d "@$moment" +%FT%TZ)" ||
  say 'Nhật ký truy cập không khớp, xem ở trên · the access log does not fit, see above'
systemctl start moinha
/opt/moinha/deploy/backup.sh database || true
say "Đã phục hồi về $1; dữ liệu trước đó ở $kept · restored; what was there before is kept in $kept"
