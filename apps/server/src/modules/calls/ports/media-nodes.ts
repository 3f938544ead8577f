import type { MediaAddress, MediaServer } from '../../../platform/module.ts'
import type { MediaState } from '../domain/room-capacity.ts'
import { connectLivekit } from './livekit-sdk.ts'
import type { LivekitServer } from './livekit.ts'
import { newsReader, type ReadNews } from './livekit-events.ts'
import { lookAt, type Look } from './look-at-node.ts'

/** One media server that may carry rooms. */
export interface MediaNode {
  /** As the settings name it, and as a visit remembers it. */
  readonly url: string
  readonly livekit: LivekitServer
  readonly alive: boolean
}

/** How often each is looked at, and how soon again after it did not answer. */
const LOOK_MS = 1_000
const LOOK_AGAIN_MS = 250

/**
 * When one counts as gone: a line that is refused twice, or three times no answer within a second. A busy server is
 * slow to answer and must not be taken for dead.
 */
const GONE_AT = 6
const weights: Readonly<Record<Look, number>> = { answers: 0, refuses: 3, silent: 2 }

/** How long calls wait for media servers to come back before a small room goes on from page to page. */
const AWAY_MS = 20_000

interface Known extends MediaNode {
  readonly read: ReadNews
  alive: boolean
  misses: number
}

/** The media servers of this installation, and which of them live; each process looks for itself. */
export class MediaNodes {
  readonly #known = new Map<string, Known>()
  readonly #goneListeners: ((url: string) => void)[] = []
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #awaySince: number | null = null
  #watching = false

  /** Named by the settings: taken for alive until a look says otherwise. */
  static named(addresses: readonly MediaAddress[]): MediaNodes {
    const nodes = new MediaNodes()
    for (const address of addresses) nodes.#learn(address)
    return nodes
  }

  /** Beside this process, which hears at once when it comes and goes. */
  static beside(own: MediaServer): MediaNodes {
    const nodes = new MediaNodes()
    const hear = () => {
      const { address } = own.state()
      if (address !== null) nodes.#learn(address)
      for (const { url } of nodes.#known.values()) nodes.#judge(url, address !== null && address.url === url)
    }
    own.onChange(hear)
    hear()
    return nodes
  }

  all(): readonly MediaNode[] {
    return [...this.#known.values()]
  }

  alive(): readonly MediaNode[] {
    return this.all().filter((node) => node.alive)
  }

  state(): MediaState {
    if (this.#known.size === 0) return 'none'
    if (this.#awaySince === null) return 'up'
    return performance.now() - this.#awaySince < AWAY_MS ? 'returning' : 'away'
  }

  /** What one of them tells, whichever it is. */
  readonly read: ReadNews = async (news) => {
    for (const node of this.#known.values()) {
      const event = await node.read(news)
      if (event !== 'unsigned') return event
    }
    return 'unsigned'
  }

  onGone(listener: (url: string) => void): void {
    this.#goneListeners.push(listener)
  }

  /** Begins to look at those the settings name. */
  watch(): void {
    this.#watching = true
    for (const url of this.#known.keys()) void this.#look(url)
  }

  /** Somebody did not get through to it: looked at now rather than at the next turn. */
  suspect(url: string): void {
    if (this.#watching) void this.#look(url)
  }

  stop(): void {
    this.#watching = false
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  #learn(address: MediaAddress): void {
    if (this.#known.has(address.url)) return
    const livekit = connectLivekit(address)
    const read = newsReader(address.apiKey, address.apiSecret)
    this.#known.set(address.url, { url: address.url, livekit, read, alive: true, misses: 0 })
  }

  async #look(url: string): Promise<void> {
    clearTimeout(this.#timers.get(url))
    const node = this.#known.get(url)
    if (node === undefined) return
    const look = await lookAt(url)
    if (!this.#watching) return
    node.misses = look === 'answers' ? 0 : Math.min(node.misses + weights[look], GONE_AT)
    if (look === 'answers' || node.misses >= GONE_AT) this.#judge(url, look === 'answers')
    clearTimeout(this.#timers.get(url))
    const soon = node.misses > 0 && node.alive
    this.#timers.set(
      url,
      setTimeout(() => void this.#look(url), soon ? LOOK_AGAIN_MS : LOOK_MS),
    )
  }

  #judge(url: string, alive: boolean): void {
    const node = this.#known.get(url)
    if (node === undefined || node.alive === alive) return
    node.alive = alive
    if (this.alive().length > 0) this.#awaySince = null
    else this.#awaySince ??= performance.now()
    if (!alive) for (const listener of this.#goneListeners) listener(url)
  }
}
