#!/bin/sh
# update.sh [VERSION]: backs up, stops, takes that version (the newest of the branch unless told), builds, starts, and looks whether it answers.
set -eu
cd /opt/moinha
as_server() { runuser -u moinha -- env HOME=/var/lib/moinha "$@"; }
before=$(as_server git rev-parse --short HEAD)
as_server git fetch --quiet --tags --prune origin || { echo 'Không tới được kho mã · the source cannot be reached' >&2; exit 75; }
wanted=${1:-origin/$(as_server git symbolic-ref --quiet --short HEAD || echo main)}
as_server git rev-parse --verify --quiet "$wanted^{commit}" > /dev/null || { echo "Không có bản $wanted · there is no version $wanted" >&2; exit 78; }

deploy/backup.sh database
deploy/backup.sh files
systemctl stop moinha
moment=$(TZ=Asia/Ho_Chi_Minh date '+%F %T')
# by its name a branch would run ahead of what is here
as_server git checkout --quiet --detach "$wanted"
deploy/build.sh
systemctl daemon-reload
systemctl start moinha
if curl --silent --fail --output /dev/null --retry 60 --retry-delay 1 --retry-all-errors http://127.0.0.1:3000/health; then
  echo "Đã lên $(as_server git rev-parse --short HEAD) từ $before, lúc $moment · updated"
  exit 0
fi
echo "Bản mới không chạy · the new version does not run: journalctl -u moinha -n 20" >&2
echo "Lùi lại · back: deploy/update.sh $before; nếu bảng đã nâng · if tables were changed: deploy/restore.sh '$moment'" >&2
exit 1
