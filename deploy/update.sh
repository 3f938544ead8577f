#!/bin/bash
# update.sh [VERSION]: makes that version (the newest of the branch unless told) ready beside the present one, backs up,
# exchanges the two, and looks whether it answers. If it does not, the present one comes back, with the database as it
# was.
set -uo pipefail
here=/opt/moinha next=/opt/moinha.next before=/opt/moinha.before failed=/opt/moinha.failed
say() { echo "$1" >&2; }
refuse() {
  rm -rf "$next"
  say "Không lên bản mới, chưa thay đổi gì · not updated, nothing was changed: $1"
  exit "${2:-1}"
}
git_in() { (cd "$1" && shift && runuser -u moinha -- env HOME=/nonexistent git "$@"); }

[ "$(id -u)" = 0 ] || refuse 'phải là root · be root' 78
# a closed window must not leave it half-way
trap '' HUP
cd /
was=$(git_in $here rev-parse --short HEAD)
branch=$(git_in $here symbolic-ref --quiet --short HEAD)
git_in $here fetch --quiet --tags --prune origin || refuse 'không tới được kho mã · the source cannot be reached' 75
version=${1:-${branch:-main}}
# what the place of the source has under that name goes before what is here
commit=$(git_in $here rev-parse --verify --quiet "origin/$version^{commit}" || git_in $here rev-parse --verify --quiet "$version^{commit}") ||
  refuse "không có bản $version · there is no version $version" 78

needed=$(($(du -sk $here | cut -f1) * 11 / 10))
rm -rf "$next" "$failed"
[ "$(df --output=avail /opt | tail -1)" -gt "$needed" ] || refuse "đĩa không đủ chỗ, cần $((needed / 1024)) MB ở /opt · the disk lacks room" 75
install -d -o moinha -g moinha "$next"
git_in "$next" clone --quiet --no-checkout "$here" . || refuse 'không chép được mã · the source could not be copied'
git_in "$next" remote set-url origin "$(git_in $here remote get-url origin)"
# the next update follows the same branch; a version by its name stays what it is
if [ $# = 0 ] && [ -n "$branch" ]; then git_in "$next" checkout --quiet --no-track -B "$branch" "$commit"; else git_in "$next" checkout --quiet --detach "$commit"; fi ||
  refuse 'không lấy được mã · the source could not be taken'
"$here/deploy/build.sh" "$next" || refuse 'bản mới không dựng được, xem ở trên · the new version could not be built, see above' $?
"$here/deploy/backup.sh" database || refuse 'không sao lưu được · no backup could be made'
"$here/deploy/backup.sh" files || refuse 'không sao lưu được · no backup could be made'

# how far the tables are, ours and the queue's
tables() { runuser -u postgres -- psql -d moinha -Atqc 'select (select count(*) from platform.migration), (select max(id) from graphile_worker.migrations)' 2> /dev/null; }
# as long as it takes to bring the tables up, unless it ends again and again
answers() {
  for _ in $(seq 1200); do
    curl --silent --fail --max-time 5 --output /dev/null http://127.0.0.1:3000/health && return
    ! systemctl is-failed --quiet moinha && [ "$(systemctl show --property=NRestarts --value moinha)" -lt 4 ] || return
    sleep 1
  done
  return 1
}

reached=$(tables)
systemctl stop moinha
# a moment is a whole second: the one after the last thing written
sleep 1
moment=$(TZ=Asia/Ho_Chi_Minh date '+%F %T')
sleep 1
rm -rf "$before"
mv "$here" "$before" && mv "$next" "$here"
since=$(date +%s)
systemctl daemon-reload
systemctl start moinha
if answers; then
  say "Đã lên $(git_in $here rev-parse --short HEAD) từ $was, lúc $moment · updated from $was"
  for pair in moinha.service:/etc/systemd/system/moinha.service Caddyfile:/etc/caddy/Caddyfile postgresql.conf:/etc/postgresql/15/main/conf.d/moinha.conf; do
    cmp --silent "$here/deploy/${pair%%:*}" "${pair#*:}" ||
      say "deploy/${pair%%:*} khác tệp đang dùng ${pair#*:}, xem CHANGELOG · differs from the file in use, see the CHANGELOG"
  done
  exit 0
fi

why=$(journalctl --quiet --output=cat --since="@$since" _SYSTEMD_UNIT=moinha.service | grep -m1 -e ' · ' -e Error)
say "Bản mới không chạy, lùi lại · the new version does not run, going back: ${why:-journalctl -u moinha}"
systemctl stop moinha
mv "$here" "$failed" && mv "$before" "$here"
if [ "$(tables)" = "$reached" ]; then
  systemctl start moinha
else
  "$here/deploy/restore.sh" "$moment"
fi
answers || { say "Bản cũ cũng không chạy · the old version does not run either: journalctl -u moinha; $here/deploy/restore.sh '$moment'"; exit 1; }
say "Đã lùi về $was, dữ liệu như lúc $moment; bản không chạy ở $failed · back at $was, the data as it was"
exit 1
