// What must hold on the installed province: served through TLS, backed up, restored to a moment, and plain words for what goes wrong.

/** @type {{ name: string, run(debian: any): Promise<string | void> }[]} */
export const afterInstallation = [{ name: 'health through TLS', run: healthThroughTls }]

async function ok(debian, script, options) {
  const { code, output } = await debian.run(script, options)
  if (code !== 0) throw new Error(`ended with ${code}: ${script}\n${output.split('\n').slice(-40).join('\n')}`)
  return output.trim()
}

/** Caddy's own authority, as the trial has no public one. */
const trusted = '--cacert /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt'

async function healthThroughTls(debian) {
  const health = JSON.parse(await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/health`))
  if (health.status !== 'ok' || health.demo) throw new Error(JSON.stringify(health))
  const html = await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/work`)
  if (!html.includes('<html')) throw new Error(html.slice(0, 400))
}
