// How a step asks the machine that is tried.

/**
 * @typedef {import('../scratch-debian.mjs').ScratchDebian} Machine
 * @typedef {object} Trial
 * @property {Machine} debian the machine of the province
 * @property {boolean} short packages and pages come from this machine
 * @property {(kinds: readonly string[], debian?: Machine) => Promise<void>} runBlocks those of the page, in order
 * @property {() => Promise<Machine>} bootAnother
 */

/** A step that cannot be tried here, and why. */
export class Skipped extends Error {}

/** Caddy's own authority, as the trial has no public one. */
export const trusted = '--cacert /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt'
export const deploy = '/opt/moinha/deploy'
export const node = '/opt/moinha/node_modules/.bin/node'
const LINES = 40

/**
 * Runs a script that must succeed; its output.
 * @param {Machine} debian
 * @param {string} script
 * @param {import('../scratch-debian.mjs').RunOptions} [options]
 */
export async function ok(debian, script, options) {
  const { code, output } = await debian.run(script, options)
  if (code !== 0) throw new Error(`ended with ${code}: ${script}\n${output.split('\n').slice(-LINES).join('\n')}`)
  return output.trim()
}

/**
 * Runs a script that must be refused, in words that hold `said`.
 * @param {Machine} debian
 * @param {string} script
 * @param {string} said
 */
export async function refused(debian, script, said, expected = 1) {
  const { code, output } = await debian.run(script)
  must(
    code === expected && output.includes(said),
    `ended with ${code} instead of ${expected} and "${said}":\n${output}`,
  )
  return output.trim()
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
export function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

/** @param {string} text */
export const sql = (text) => `runuser -u postgres -- psql -d moinha -Atqc "${text}"`

/**
 * `check.sh` says nothing: all is well.
 * @param {Machine} debian
 */
export const allWell = (debian) => ok(debian, `${deploy}/check.sh`)

/** @param {Machine} debian */
export const healthy = (debian) =>
  ok(
    debian,
    'curl -sS --fail --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:3000/health 2> /dev/null',
  )

/**
 * Asks again, each second, until the script succeeds.
 * @param {Machine} debian
 * @param {string} script
 */
export const until = (debian, script, seconds = 90) =>
  ok(
    debian,
    `for i in $(seq ${seconds}); do if ${script}; then exit 0; fi; sleep 1; done; echo 'still not: ${script.replaceAll("'", '')}'; exit 1`,
  )
