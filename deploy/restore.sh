#!/bin/bash
# restore.sh 'YYYY-MM-DD HH:MM:SS' | latest: the database as it was at that moment (Vietnam time), or with all that
# reached the backup; and the files that belong to it. Everything is made ready beside what is there; only when that
# succeeded are the two exchanged, and what was there is kept.
set -euo pipefail
cd /
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cluster=/var/lib/postgresql/15
ready=$cluster/restored
node=/opt/moinha/node_modules/.bin/node
refuse() { echo "Không phục hồi, chưa thay đổi gì · not restored, nothing was changed: $1" >&2; exit "${2:-1}"; }
say() { echo "$1" >&2; }
as_postgres() { runuser -u postgres -- "$@"; }

[ $# = 1 ] || refuse "restore.sh 'YYYY-MM-DD HH:MM:SS' | latest" 2
[ "$(id -u)" = 0 ] || refuse 'phải là root · be root' 78
[ -r /etc/moinha/site ] && [ -r /etc/pgbackrest.conf ] || refuse 'thiếu /etc/moinha/site hoặc /etc/pgbackrest.conf · one of them is missing' 78
. /etc/moinha/site
if [ "$1" = latest ]; then
  moment=$(date +%s)
  until_then=()
else
  moment=$(TZ=Asia/Ho_Chi_Minh date -d "$1" +%s 2> /dev/null) || refuse "không hiểu thời điểm · not a moment: $1" 78
  [ "$moment" -le "$(date +%s)" ] || refuse 'thời điểm chưa tới · the moment is yet to come' 78
  until_then=(--type=time --target="$(date -u -d "@$moment" '+%Y-%m-%d %H:%M:%S+00')" --target-action=promote)
fi

# What was written last must be in the backup before it can be read from there. And PostgreSQL stops at a moment only
# where something was written after it: an empty transaction, if nobody wrote.
archived() { as_postgres psql -Atqc "select coalesce(last_archived_wal >= '$1', false) from pg_stat_archiver" 2> /dev/null; }
if [ "$(as_postgres psql -Atqc 'show archive_mode' 2> /dev/null)" = on ]; then
  last=$(as_postgres psql -Atq -c 'select pg_current_xact_id()' -c 'select pg_walfile_name(pg_switch_wal())' | tail -1)
  for _ in $(seq 60); do
    [ "$(archived "$last")" != t ] || break
    sleep 1
  done
  [ "$(archived "$last")" = t ] || say 'Nhật ký mới nhất chưa tới nơi sao lưu · the newest log has not reached the backup: /var/log/postgresql'
fi

# backups that ended before the moment, newest first
sets=$(as_postgres pgbackrest --stanza=moinha info --output=json | MOMENT=$moment $node -e '
  const [stanza] = JSON.parse(require("fs").readFileSync(0, "utf8"))
  const fit = (stanza?.backup ?? []).filter((one) => one.timestamp.stop <= Number(process.env.MOMENT))
  console.log(fit.map((one) => one.label).reverse().join("\n"))') || refuse 'không đọc được nơi sao lưu · the place of backups cannot be read'
[ -n "$sets" ] || refuse 'không có bản sao lưu nào trước thời điểm đó · no backup is older than that moment'

needed=$(as_postgres pgbackrest --stanza=moinha info --output=json | $node -e '
  console.log(Math.ceil((JSON.parse(require("fs").readFileSync(0, "utf8"))[0].backup.at(-1).info.size * 1.2) / 1024))')
[ "$(df --output=avail "$cluster" | tail -1)" -gt "$needed" ] || refuse "đĩa không đủ chỗ, cần $((needed / 1024)) MB · the disk lacks room" 75

made=
for set in $sets; do
  rm -rf "$ready"
  install -d -m 0700 -o postgres -g postgres "$ready"
  # no second try: what is cut short stays short
  if words=$(as_postgres pgbackrest --stanza=moinha --job-retry=0 --pg1-path="$ready" --set="$set" "${until_then[@]}" restore 2>&1); then
    made=$set
    break
  fi
  say "Bản sao lưu $set bị hỏng, thử bản trước · backup $set is damaged, trying the one before: $(sed -n 's/.*ERROR: *//p' <<< "$words" | head -1)"
done
[ -n "$made" ] || { rm -rf "$ready"; refuse 'không bản sao lưu nào còn nguyên · no backup is whole'; }
# it will stand where the old one stands
sed -i 's| --pg1-path=[^ ]*||' "$ready/postgresql.auto.conf"

say "Dừng máy chủ, đổi sang bản $made · the server stops; backup $made takes over"
kept=$cluster/main.before-$(date +%Y%m%dT%H%M%S)
systemctl stop moinha 2> /dev/null || true
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

# how far it came, by the last transaction that was taken over
if [ "$1" = latest ]; then
  reached=$(as_postgres psql -Atqc 'select extract(epoch from pg_last_xact_replay_timestamp())::bigint')
  moment=${reached:-$moment}
fi
shown=$(TZ=Asia/Ho_Chi_Minh date -d "@$moment" '+%F %T')

# files are only ever added: what is missing comes from the first backup after the moment, else from the newest
export RESTIC_REPOSITORY="$BACKUP_DIR/files" RESTIC_PASSWORD_FILE=/etc/moinha/backup-key.files
snapshot_of_moment() {
  restic --quiet snapshots --tag moinha --json | MOMENT=$moment $node -e '
    const all = JSON.parse(require("fs").readFileSync(0, "utf8"))
    const after = all.find((one) => Date.parse(one.time) / 1000 >= Number(process.env.MOMENT))
    console.log((after ?? all.at(-1)).short_id)' 2> /dev/null
}
restore_files() {
  snapshot=$(snapshot_of_moment) || return
  scratch=$(mktemp -d -p /var/lib)
  # no-clobber: the signed heads that are here are newer than those of the backup
  restic --quiet restore "$snapshot" --include /var/lib/moinha --target "$scratch" && [ -d "$scratch/var/lib/moinha" ] &&
    install -d -m 0700 -o moinha -g moinha /var/lib/moinha && cp --archive --no-clobber "$scratch/var/lib/moinha/." /var/lib/moinha/
  came=$?
  rm -rf "$scratch"
  return $came
}
restore_files || say 'Tệp chưa lấy lại được · the files did not come back: restic snapshots'

/opt/moinha/deploy/run.sh audit restored "$(date -u -d "@$moment" +%FT%TZ)" ||
  say 'Nhật ký truy cập không khớp, xem ở trên · the access log does not fit, see above'
systemctl start moinha
/opt/moinha/deploy/backup.sh database || true
say "Đã phục hồi về $shown; dữ liệu trước đó ở $kept · restored; what was there before is kept in $kept"
