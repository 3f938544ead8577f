#!/bin/sh
# check.sh: one line for each thing that is not well, nothing else; ends with 0 when all is well.
set -u
bad=0
report() { echo "$1"; bad=1; }
settings=/etc/moinha/env
[ -r /etc/moinha/site ] && [ -r $settings ] || { echo "Thiếu /etc/moinha/site hoặc $settings · one of them is missing" >&2; exit 78; }
. /etc/moinha/site

proxy=caddy
! systemctl is-enabled --quiet nginx 2> /dev/null || proxy=nginx
for service in postgresql@15-main moinha $proxy moinha-backup.timer moinha-backup-files.timer; do
  systemctl is-active --quiet "$service" || report "Dịch vụ $service không chạy · service $service does not run: journalctl -u $service"
done
! systemctl is-failed --quiet moinha-backup moinha-backup-files ||
  report 'Sao lưu hỏng · a backup failed: journalctl -u moinha-backup -u moinha-backup-files'
answer=$(curl --silent --max-time 10 http://127.0.0.1:3000/health) || report 'Chương trình không trả lời · the server does not answer: journalctl -u moinha'
case "$answer" in *'"code":"DISK_FULL"'*) report 'Đĩa đầy: cơ sở dữ liệu không ghi được · the disk of the database is full' ;; esac

# the certificate that people are shown
case "${TLS:-}" in
  */*' '*) for file in $TLS; do [ -r "$file" ] || report "Chứng chỉ thiếu tệp $file · the certificate lacks the file $file"; done ;;
esac
shown=$(echo | openssl s_client -connect 127.0.0.1:443 -servername "$DOMAIN" 2> /dev/null | openssl x509 -noout -enddate 2> /dev/null | cut -d= -f2)
if [ -z "$shown" ]; then
  report "Chứng chỉ của $DOMAIN không có · no certificate for $DOMAIN: journalctl -u $proxy"
else
  left=$((($(date -d "$shown" +%s) - $(date +%s)) / 3600))
  # Caddy renews when a third is left: its own live twelve hours, Let's Encrypt's ninety days
  [ "$left" -gt 0 ] || report "Chứng chỉ của $DOMAIN đã hết hạn · the certificate of $DOMAIN has expired"
  [ "$left" -le 0 ] || [ "$left" -gt 336 ] || [ "${TLS:-}" = internal ] || report "Chứng chỉ của $DOMAIN còn $((left / 24)) ngày · the certificate of $DOMAIN ends in $((left / 24)) days"
fi

for place in /var/lib/postgresql /var/lib/moinha "$BACKUP_DIR"; do
  used=$(df --output=pcent "$place" 2> /dev/null | tail -1 | tr -dc 0-9)
  [ "${used:-100}" -lt 90 ] || report "Đĩa của $place đã dùng ${used:-?}% · the disk of $place is ${used:-?}% full"
done

newest=$(runuser -u postgres -- pgbackrest --stanza=moinha info --output=json 2> /dev/null | grep -o '"stop":[0-9]\{6,\}' | tail -1 | cut -d: -f2)
[ -n "$newest" ] && [ $(($(date +%s) - newest)) -lt 129600 ] || report 'Chưa có bản sao lưu nào trong 36 giờ · no backup of the database in 36 hours'
failing=$(runuser -u postgres -- psql -Atqc 'select coalesce(last_failed_time > coalesce(last_archived_time, stats_reset), false)
  from pg_stat_archiver' 2> /dev/null)
[ "$failing" != t ] || report 'Nhật ký cơ sở dữ liệu không tới nơi sao lưu · the log of the database does not reach the backup: /var/log/postgresql'
exit $bad
