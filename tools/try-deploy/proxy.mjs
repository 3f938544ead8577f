// https: certificates that are missing or have expired, and nginx instead of Caddy.
import { allWell, deploy, must, ok, refused, trusted, until } from './asking.mjs'

/**
 * @typedef {import('./asking.mjs').Trial} Trial
 * @typedef {import('./asking.mjs').Machine} Machine
 */

/** Sysexits' EX_CONFIG: another try cannot help. */
const CONFIG_ERROR = 78
const overTls = `curl -sS --fail -o /dev/null ${trusted} https://moinha.test/health`

/** @param {Trial} trial */
async function certificateMissing({ debian }) {
  await withCertificate(debian, '/etc/ssl/none.pem', async () => {
    await refused(debian, `${deploy}/check.sh`, 'Chứng chỉ thiếu tệp /etc/ssl/none.pem')
    const words = await refused(debian, `${deploy}/reload-caddy.sh`, 'Chứng chỉ thiếu tệp', CONFIG_ERROR)
    must(words.split('\n').length === 1, words)
    // the one there goes on
    await ok(debian, overTls)
  })
}

/** @param {Trial} trial */
async function certificateExpired({ debian }) {
  await makeCertificate(debian, '/etc/ssl/old', '20240101000000Z', '20240201000000Z')
  await withCertificate(debian, '/etc/ssl/old/cert.pem', async () => {
    await refused(debian, `${deploy}/reload-caddy.sh`, 'đã hết hạn', CONFIG_ERROR)
    // as it is when the day comes
    await ok(debian, 'systemctl reload caddy; sleep 1')
    await refused(debian, `${deploy}/check.sh`, 'đã hết hạn')
  })
  await ok(debian, `${deploy}/reload-caddy.sh`)
  await until(debian, overTls, 15)
}

/**
 * @param {Machine} debian
 * @param {string} cert
 * @param {() => Promise<void>} use
 */
async function withCertificate(debian, cert, use) {
  const files = `TLS='${cert} ${cert.replace('cert', 'key')}'`
  await ok(debian, `cp /etc/moinha/site /root/site; sed -i "s|^TLS=.*|${files}|" /etc/moinha/site`)
  await use()
  await ok(debian, 'mv /root/site /etc/moinha/site')
}

/**
 * One that signs itself, good between two dates.
 * @param {Machine} debian
 * @param {string} folder
 * @param {string} from
 * @param {string} to
 */
function makeCertificate(debian, folder, from, to) {
  const authority = ['[ca]', 'default_ca=c', '[c]', 'database=index', 'serial=serial', 'new_certs_dir=.']
  const policy = ['default_md=sha256', 'policy=p', 'x509_extensions=e', '[p]', 'commonName=supplied']
  const extensions = ['[e]', 'subjectAltName=DNS:moinha.test']
  return ok(
    debian,
    `mkdir -p ${folder}; cd ${folder}; touch index; echo 01 > serial
    printf '%s\\n' '${[...authority, ...policy, ...extensions].join("' '")}' > ca.conf
    openssl req -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=moinha.test -out request.pem 2> /dev/null
    openssl ca -batch -notext -config ca.conf -selfsign -keyfile key.pem -in request.pem -out cert.pem \\
      -startdate ${from} -enddate ${to} 2> /dev/null
    chmod 0755 .; chmod 0644 key.pem cert.pem`,
  )
}

/** @param {Trial} trial */
async function behindNginx({ debian, runBlocks }) {
  await makeCertificate(debian, '/etc/ssl/ours', '20240101000000Z', '20440101000000Z')
  await withCertificate(debian, '/etc/ssl/ours/cert.pem', async () => {
    await ok(debian, `${deploy}/reload-caddy.sh`)
    await runBlocks(['nginx'])
    const ask = 'curl -sS -i --cacert /etc/ssl/ours/cert.pem'
    await until(debian, `${ask} --fail -o /dev/null https://moinha.test/health`, 15)
    const upgrade = await debian.run(
      `${ask} --http1.1 --max-time 3 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \\
        -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H 'Origin: https://moinha.test' \\
        'https://moinha.test/socket.io/?EIO=4&transport=websocket'`,
    )
    must(upgrade.output.includes('HTTP/1.1 101'), upgrade.output)
    await allWell(debian)
    await ok(debian, 'systemctl disable --now nginx; systemctl enable --now caddy')
  })
  await ok(debian, `${deploy}/reload-caddy.sh`)
}

export const proxySteps = [
  { name: 'a certificate that is missing is said, and the old one goes on', run: certificateMissing },
  { name: 'a certificate that has expired is said', run: certificateExpired },
  { name: 'behind nginx', run: behindNginx, long: true },
]
