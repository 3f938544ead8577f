#!/bin/sh
# reload-caddy.sh: looks at the certificate and the configuration, and only then has Caddy take them. Until then what is
# served goes on: a reload that fails would hang (Caddy 2.6).
set -eu
refuse() { echo "Caddy giữ như cũ · Caddy goes on as before: $1" >&2; exit 78; }
[ -r /etc/moinha/site ] || refuse 'thiếu /etc/moinha/site · /etc/moinha/site is missing'
set -a
. /etc/moinha/site
set +a
as_caddy() { runuser -u caddy -- env HOME=/var/lib/caddy "$@"; }

case "${TLS:-}" in
  '') refuse 'thiếu TLS trong /etc/moinha/site · TLS is missing in /etc/moinha/site' ;;
  */*' '*)
    cert=${TLS%% *} key=${TLS#* }
    for file in "$cert" "$key"; do
      as_caddy test -r "$file" || refuse "Chứng chỉ thiếu tệp $file, hoặc tài khoản caddy không đọc được · the certificate lacks the file $file, or caddy may not read it"
    done
    [ "$(openssl x509 -noout -pubkey -in "$cert" 2> /dev/null)" = "$(openssl pkey -pubout -in "$key" 2> /dev/null)" ] ||
      refuse "Chứng chỉ $cert không khớp khóa $key · the certificate does not fit its key"
    openssl x509 -noout -checkend 0 -in "$cert" > /dev/null || refuse "Chứng chỉ $cert đã hết hạn · the certificate has expired"
    openssl x509 -noout -checkhost "$DOMAIN" -in "$cert" | grep -q 'does match' || refuse "Chứng chỉ $cert không phải của $DOMAIN · the certificate is not for $DOMAIN"
    ;;
esac
for port in 80 443; do
  other=$(ss -Hltnp "sport = :$port" | grep -v '"caddy"' | sed -n 's/.*users:(("\([^"]*\).*/\1/p' | head -1)
  [ -z "$other" ] || refuse "Cổng $port đang được dùng bởi $other · port $port is in use by $other: systemctl disable --now $other"
done
words=$(as_caddy caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile 2>&1) || refuse "$(echo "$words" | tail -1)"

if systemctl is-active --quiet caddy; then systemctl reload caddy; else systemctl restart caddy; fi ||
  { echo 'Caddy không chạy · Caddy does not run: journalctl -u caddy -n 20' >&2; exit 1; }
