/** The switches a page shows to the others. */
export interface Switches {
  readonly microphone: boolean
  readonly camera: boolean
}

/** Both sides open the channel under the same number, so it needs no announcement. */
const CHANNEL = { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 } as const

/**
 * A small message twice a second between two pages. Its silence shows a loss long before the engine
 * gives up (Chromium waits 5 s and more), also when nobody speaks; and it carries the switches.
 */
export class Heartbeat {
  readonly #channel: RTCDataChannel
  readonly #mine: () => Switches

  constructor(pc: RTCPeerConnection, mine: () => Switches, heard: (switches: Switches) => void) {
    this.#mine = mine
    this.#channel = pc.createDataChannel('beat', CHANNEL)
    this.#channel.onopen = () => this.beat()
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') heard({ microphone: data.includes('m'), camera: data.includes('c') })
    }
  }

  /** Says the switches now. */
  beat(): void {
    if (this.#channel.readyState !== 'open' || this.#channel.bufferedAmount > 2000) return
    const { microphone, camera } = this.#mine()
    this.#channel.send(`.${microphone ? 'm' : ''}${camera ? 'c' : ''}`)
  }

  close(): void {
    this.#channel.onmessage = null
    this.#channel.close()
  }
}
