import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { Caller } from './caller.ts'
import { ReceivingSite } from './receiving-site.ts'

const patienceMs = 60_000
const lookMs = 200

/** What one process does: its sites, and when each presses "join". */
interface Group {
  readonly base: string
  readonly meetingId: string
  readonly sites: readonly { cookie: string; afterMs: number }[]
}

/** From its own tap to the first sound of the host, and when that was (ms since 1970). */
export type SiteResult = { readonly waitedMs: number; readonly heardAt: number } | { readonly failure: string }

/** Some sites of a briefing in a process of their own. */
export class SiteProcess {
  readonly #child: ChildProcess
  /** Their pages are open. */
  readonly ready: Promise<void>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.ready = this.#said().then(() => undefined)
  }

  static start(group: Group): SiteProcess {
    // what its client logs is nobody's business here
    const child = fork(import.meta.filename, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const started = new SiteProcess(child)
    child.send(group)
    return started
  }

  /** They press "join", counted from this moment, and stay until the process is ended. */
  async go(from: number): Promise<readonly SiteResult[]> {
    const results = this.#said()
    this.#child.send(from)
    return (await results) as SiteResult[]
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }

  #said(): Promise<unknown> {
    return new Promise((done, failed) => {
      this.#child.once('message', done)
      this.#child.once('exit', () => failed(new Error('a process of sites ended early')))
    })
  }
}

if (process.argv[1] === import.meta.filename) {
  // nobody waits for it any more
  process.once('disconnect', () => process.exit())
  process.once('message', (group: Group) => void runGroup(group))
}

async function runGroup({ base, meetingId, sites }: Group): Promise<void> {
  const callers = sites.map(({ cookie, afterMs }) => ({ caller: new Caller(base, cookie), afterMs }))
  for (const { caller } of callers) await caller.openPage()
  process.once('message', (from: number) => {
    const joins = callers.map(async ({ caller, afterMs }) => {
      await sleep(Math.max(0, from + afterMs - Date.now()))
      return join(caller, meetingId)
    })
    void Promise.all(joins).then((results) => process.send?.(results))
  })
  process.send?.('ready')
}

async function join(caller: Caller, meetingId: string): Promise<SiteResult> {
  const tapped = Date.now()
  try {
    const site = await ReceivingSite.join(await caller.enter(meetingId), 'ours')
    await untilHeard(site, tapped)
    return { waitedMs: Date.now() - tapped, heardAt: Date.now() }
  } catch (failure) {
    return { failure: failure instanceof Error ? failure.message : String(failure) }
  }
}

async function untilHeard(site: ReceivingSite, from: number): Promise<void> {
  // asking for figures costs more than receiving: not before there is something to hear
  while (!site.takesVoice || (await site.received()).voicePackets === 0) {
    if (Date.now() - from > patienceMs) throw new Error('no sound')
    await sleep(lookMs)
  }
}
