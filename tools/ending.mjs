// Knows when this tool is asked to end: by Ctrl-C, by a signal to npm that npm passes on, or by the death of npm itself
// (kill -9), which no signal tells us.
import { readFileSync } from 'node:fs'

const WATCH_MS = 400
/** One Ctrl-C arrives twice: from the terminal and, passed on, from npm. */
const SAME_ASKING_MS = 700
const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']

/**
 * Calls back each time we are asked to end; a second time means that somebody is losing patience.
 * @param {() => void} callBack
 */
export function whenAskedToEnd(callBack) {
  let lastAsked = -Infinity
  const asked = () => {
    const now = performance.now()
    if (now - lastAsked < SAME_ASKING_MS) return
    lastAsked = now
    callBack()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, asked)
  // Outside npm an exchanged parent is no reason to end: somebody may have left us running in the background on
  // purpose.
  if (!process.env.npm_lifecycle_event) return
  const born = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === born) return
    clearInterval(watch)
    asked()
  }, WATCH_MS)
  watch.unref()
}

/** Our parent, and its parent when npm put a shell in between. */
function ancestors() {
  const parent = process.ppid
  const shell = describe(parent)
  return shell && SHELLS.includes(shell.name) ? `${parent} ${shell.parent}` : String(parent)
}

/** @param {string | number} pid */
function describe(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, name = '', parent = ''] = /\((.*)\) \S (\d+)/.exec(stat) ?? []
    return { name, parent }
  } catch {
    return undefined
  }
}
