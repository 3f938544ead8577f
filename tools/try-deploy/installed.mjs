// The province as it was just installed.
import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deploy, healthy, must, ok, Skipped, trusted, until } from './asking.mjs'

/** @typedef {import('./asking.mjs').Trial} Trial */

/** @param {Trial} trial */
async function healthThroughTls({ debian }) {
  const health = JSON.parse(await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/health`))
  must(health.status === 'ok' && !health.demo, JSON.stringify(health))
  const html = await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/work`)
  must(html.includes('<html'), html.slice(0, 400))
}

/** @param {Trial} trial */
async function firewall({ debian }) {
  const rules = await ok(debian, 'nft list ruleset')
  must(rules.includes('policy drop') && !rules.includes('3000') && !rules.includes('5432'), rules)
}

/** LiveKit's own program comes later. @param {Trial} trial */
async function unitsAreSound({ debian }) {
  const said = await ok(debian, `systemd-analyze verify ${deploy}/*.service ${deploy}/*.timer 2>&1 || true`)
  const ours = said.split('\n').filter((line) => line.includes('/opt/moinha/') && !line.includes('livekit-server'))
  must(ours.length === 0, ours.join('\n'))
  await ok(debian, `set -a; . /etc/moinha/site; caddy validate --config ${deploy}/Caddyfile --adapter caddyfile 2>&1`)
}

/** @param {Trial} trial */
async function livekit({ debian, runBlocks }) {
  const program = [process.env.LIVEKIT_SERVER, '.data/bin/livekit-server', '/usr/local/bin/livekit-server'].find(
    (place) => place && existsSync(place),
  )
  if (!program) throw new Skipped('no livekit-server here; LIVEKIT_SERVER names one')
  await copyFile(program, join(debian.root, 'usr/local/bin/livekit-server'))
  // there is no internet beyond this machine to ask for its address
  await ok(
    debian,
    `sed -i 's|use_external_ip: true|use_external_ip: false\\n  node_ip: 127.0.0.1|' ${deploy}/livekit.yaml`,
  )
  await runBlocks(['livekit'])
  await ok(debian, `git -c safe.directory=* -C /opt/moinha checkout -q deploy/livekit.yaml`)
  await healthy(debian)
  await until(
    debian,
    `curl -s -o /dev/null -w '%{http_code}' ${trusted} https://moinha.test/rtc/validate | grep -q 401`,
    20,
  )
  const health = await ok(debian, 'curl -s http://127.0.0.1:3000/health')
  must(health.includes('LiveKit') || health.includes('livekit'), health)
  await ok(debian, 'systemctl is-active livekit')
}

export const installedSteps = [
  { name: 'health and the sign-in page through TLS', run: healthThroughTls },
  { name: 'the firewall lets nothing else in', run: firewall },
  { name: 'units and the proxy are sound', run: unitsAreSound },
  { name: 'LiveKit by its chapter', run: livekit, long: true },
]
