// A way out for a script that also talks to its own machine: what it asks for by https goes through this process.
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { ok } from './asking.mjs'

const SOCKET = '/srv/internet.sock'
const PORT = 8899
const HTTPS = 443

/**
 * What a script sets before it asks; nothing where no network is needed.
 * @param {import('./asking.mjs').Trial} trial
 */
export async function wayOut({ debian, short }) {
  if (short) return ''
  const { code } = await debian.run('systemctl is-active --quiet internet.socket')
  if (code !== 0) {
    await listen(join(debian.root, SOCKET))
    await ok(
      debian,
      `systemd-run --quiet --unit=internet --socket-property=ListenStream=127.0.0.1:${PORT} \\
        /lib/systemd/systemd-socket-proxyd ${SOCKET}`,
    )
  }
  const certificates = ['NODE_EXTRA_CA_CERTS', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'].map(
    (name) => `${name}=/etc/ssl/certs/outside.crt`,
  )
  return `export https_proxy=http://127.0.0.1:${PORT} ${certificates.join(' ')}; `
}

/** @param {string} path */
function listen(path) {
  const server = createServer()
  server.on('connect', (request, near, head) => {
    const [host = '', port = ''] = (request.url ?? '').split(':')
    const far = connect(Number(port) || HTTPS, host, () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n')
      far.write(head)
      far.pipe(near).pipe(far)
    })
    far.on('error', () => near.destroy())
    near.on('error', () => far.destroy())
  })
  server.unref()
  return new Promise((resolve) => server.listen(path, () => resolve(undefined)))
}
