import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The server's own word that another try cannot help: wrong settings, an address or a folder in use (sysexits.h,
 * EX_CONFIG).
 */
const CONFIG_ERROR = 78
/** The server's own word that what stood in its way may pass (sysexits.h, EX_TEMPFAIL). */
const TRY_AGAIN = 75
const SECOND_MS = 1_000
const LONGEST_PAUSE_S = 30
const HEALTHY_MS = 60_000

/**
 * Runs a program again whenever it ends unasked, after a pause that grows from 1 s to 30 s and begins anew after a
 * healthy minute. Resolves to its last exit code once `asked()` or where another try cannot help. `secondMs` is there
 * for tests.
 * @param {() => Promise<number>} start
 * @param {{ asked(): boolean, say?: (line: string) => void, secondMs?: number, healthyMs?: number }} options
 */
export async function keepRunning(start, { asked, say = console.error, secondMs = SECOND_MS, healthyMs = HEALTHY_MS }) {
  let pause = 1
  for (;;) {
    const startedAt = performance.now()
    const code = await start()
    if (asked()) return 0
    if (code === CONFIG_ERROR) return code
    if (performance.now() - startedAt >= healthyMs) pause = 1
    say(whyAgain(code, pause))
    await sleep(pause * secondMs)
    if (asked()) return 0
    pause = Math.min(pause * 2, LONGEST_PAUSE_S)
  }
}

/**
 * After its own word the server has said why in the line above.
 * @param {number} code
 * @param {number} pause
 */
function whyAgain(code, pause) {
  if (code === TRY_AGAIN) return `Thử lại sau ${pause} giây · Trying again in ${pause} s.`
  return `Máy chủ dừng bất ngờ (mã ${code}); chạy lại sau ${pause} giây · The server ended unexpectedly (code ${code}); again in ${pause} s.`
}
