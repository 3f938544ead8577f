import { describe, expect, it } from 'vitest'
import { type LinkCommand, type LinkInput, type LinkState, newLink, stepLink } from './connection-machine.ts'

const LOOK_MS = 500
/** The room we have is no more, nor the one whose ticket may be under way. */
const mediaLost = { name: 'media-lost', line: true, attempt: true } as const

/** One line driven by hand: a clock, and everything the machine asked for, with its moment. */
function openLink(setting: { expected?: boolean } = {}) {
  let at = 1_000_000
  let state: LinkState = newLink(at)
  let arrived = 0
  const asked: { name: LinkCommand['name']; at: number }[] = []
  const put = (input: LinkInput): void => {
    const step = stepLink(state, input, at, () => 0.5)
    state = step.state
    asked.push(...step.commands.map(({ name }) => ({ name, at })))
  }
  const look = (reading: number | null): void => {
    put({ name: 'look', arrived: reading, expected: setting.expected ?? true })
  }
  return {
    put,
    phase: () => state.phase,
    state: () => state,
    now: () => at,
    asked: () => asked.splice(0),
    /** Time passes; what arrives meanwhile: `flow`, nothing, or there is no line at all. */
    pass(ms: number, what: 'flow' | 'silence' | 'none' = 'flow') {
      for (const end = at + ms; at < end;) {
        at += LOOK_MS
        if (what === 'flow') arrived += 20
        look(what === 'none' ? null : arrived)
      }
    },
    sleep: (ms: number) => void (at += ms),
  }
}

function openConnected(setting: { expected?: boolean } = {}) {
  const link = openLink(setting)
  link.put({ name: 'start' })
  link.put({ name: 'ticket' })
  link.put({ name: 'dialled' })
  link.pass(3_000)
  link.asked()
  return link
}

it('begins once: what is heard of the server while the room is being entered dials nothing', () => {
  const link = openLink()
  link.put({ name: 'server-heard' })
  link.put({ name: 'online' })
  expect(link.asked()).toEqual([])
  link.put({ name: 'start' })
  expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
})

describe('a loss is noticed', () => {
  it('within three seconds of the last packet, by the silence of the media alone', () => {
    const link = openConnected()
    const cut = link.now()
    link.pass(1_500, 'silence')
    expect(link.phase()).toBe('suspect')
    link.pass(1_000, 'silence')
    expect(link.phase()).toBe('reconnecting')
    expect(link.now() - cut).toBeLessThanOrEqual(3_000)
    expect(link.state().lostSince).toBe(cut)
    expect(link.asked().map(({ name }) => name)).toEqual(['resume'])
  })

  it('where nobody speaks, silence alone is no loss before the path checks of ICE are due', () => {
    const link = openConnected({ expected: false })
    link.pass(5_000, 'silence')
    expect(link.phase()).toBe('connected')
    link.pass(2_500, 'silence')
    expect(link.phase()).toBe('reconnecting')
  })

  it('at the next quiet look when the client says that its signalling broke', () => {
    const link = openConnected()
    link.put({ name: 'client-lost' })
    expect(link.phase()).toBe('connected')
    link.pass(1_000, 'silence')
    expect(link.phase()).toBe('reconnecting')
    expect(link.asked()).toEqual([])
  })

  it('not while media flows: broken signalling alone frightens nobody', () => {
    const link = openConnected()
    link.put({ name: 'client-lost' })
    link.pass(2_000)
    link.put({ name: 'client-back', orphaned: false })
    link.pass(4_000)
    expect(link.phase()).toBe('connected')
    expect(link.asked()).toEqual([])
  })

  it('not after sleep: what was missed meanwhile says nothing', () => {
    const link = openConnected()
    link.sleep(60_000)
    link.put({ name: 'woke' })
    link.pass(1_000)
    expect(link.phase()).toBe('connected')
  })

  it('soon after sleep, when the line died meanwhile', () => {
    const link = openConnected()
    link.sleep(60_000)
    link.put({ name: 'woke' })
    link.pass(3_000, 'silence')
    expect(link.phase()).toBe('reconnecting')
  })

  it('a person who leaves takes their count away: no loss, and no sign of life either', () => {
    const link = openConnected()
    link.put({ name: 'look', arrived: 3, expected: true })
    expect(link.state().arrived).toBe(3)
    link.put({ name: 'look', arrived: 4, expected: true })
    expect(link.phase()).toBe('connected')
  })
})

describe('a line is mended', () => {
  it('by the client first, then by a new room, and never given up', () => {
    const link = openConnected()
    link.pass(2_500, 'silence')
    link.pass(4_500, 'silence')
    expect(link.asked().map(({ name }) => name)).toEqual(['resume', 'dial'])
    for (let failed = 0; failed < 500; failed++) {
      link.put({ name: 'dial-failed', code: 'NETWORK_DOWN' })
      link.pass(2_500, 'none')
    }
    expect(link.asked()).toHaveLength(500)
    expect(link.phase()).toBe('reconnecting')
  })

  it('at once when the client gives up, and when the server tells that the media server has gone', () => {
    for (const told of [{ name: 'client-over' }, mediaLost] as const) {
      const link = openConnected()
      link.put(told)
      link.pass(500, 'none')
      expect(link.asked().map((one) => one.name)).toEqual(['dial'])
      expect(link.phase()).toBe('reconnecting')
    }
  })

  it('a word about an older room, however late, ends neither the new line nor the way to it', () => {
    const link = openConnected()
    link.put(mediaLost)
    link.pass(500, 'none')
    link.put({ name: 'ticket' })
    link.asked()
    link.pass(500, 'none')
    link.put({ ...mediaLost, attempt: false })
    link.pass(500, 'none')
    link.put({ name: 'dialled' })
    link.put({ ...mediaLost, line: false, attempt: false })
    link.pass(3_000)
    link.put({ ...mediaLost, line: false, attempt: false })
    link.pass(500)
    expect(link.phase()).toBe('connected')
    expect(link.asked()).toEqual([])
  })

  it('a room that is no more is left, also when we have only just come into it', () => {
    const link = openConnected()
    link.put({ name: 'client-over' })
    link.put({ name: 'ticket' })
    link.put({ name: 'dialled' })
    link.asked()
    link.put(mediaLost)
    link.pass(500, 'none')
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
  })

  it('the attempt that leads into a room that is no more is dropped: it neither enters nor fails later', () => {
    const link = openConnected()
    link.put({ name: 'client-over' })
    link.asked()
    link.pass(500, 'none')
    link.put(mediaLost)
    expect(link.asked().map(({ name }) => name)).toEqual(['cancel-dial'])
    link.pass(500, 'none')
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
  })

  it('by ICE at once when another network carries, without a word on the screen', () => {
    const link = openConnected()
    link.put({ name: 'switched' })
    expect(link.asked().map(({ name }) => name)).toEqual(['resume'])
    expect(link.phase()).toBe('connected')
    link.put({ name: 'online' })
    expect(link.asked()).toEqual([])
  })

  it('an attempt that hangs is begun anew; one that has its ticket gets longer', () => {
    const link = openConnected()
    link.put({ name: 'client-over' })
    link.asked()
    link.pass(4_500, 'none')
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
    link.put({ name: 'ticket' })
    link.pass(7_000, 'none')
    expect(link.asked()).toEqual([])
    link.pass(3_000, 'none')
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
  })

  it('a network that is there again does not wait for what hangs or for the next turn', () => {
    const link = openConnected()
    link.pass(7_000, 'silence')
    link.asked()
    link.pass(1_000, 'none')
    link.put({ name: 'online' })
    expect(link.asked()).toHaveLength(1)
    link.put({ name: 'server-heard' })
    expect(link.asked()).toEqual([])
    link.put({ name: 'dial-failed', code: null })
    link.put({ name: 'server-heard' })
    expect(link.asked()).toHaveLength(1)
  })

  it('the old line that comes back by itself is kept, and the attempt dropped', () => {
    const link = openConnected()
    link.pass(7_000, 'silence')
    link.asked()
    link.pass(500)
    expect(link.phase()).toBe('connected')
    expect(link.asked().map(({ name }) => name)).toEqual(['cancel-dial'])
  })

  it('a new line takes over where media flows but signalling stays broken', () => {
    const link = openConnected()
    link.put({ name: 'client-lost' })
    link.pass(5_000)
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
  })

  it('a client that says it is back without any media is not believed', () => {
    const link = openConnected()
    link.pass(2_500, 'silence')
    link.put({ name: 'client-back', orphaned: false })
    expect(link.phase()).toBe('reconnecting')
    link.pass(2_000, 'silence')
    expect(link.asked().map(({ name }) => name)).toEqual(['resume', 'dial'])
  })

  it('signalling that broke while we published is mended by a new room: the answer would not come for ten seconds', () => {
    const link = openConnected()
    link.put({ name: 'client-lost' })
    link.pass(500)
    link.put({ name: 'client-back', orphaned: true })
    expect(link.asked().map(({ name }) => name)).toEqual(['dial'])
    expect(link.phase()).toBe('reconnecting')
  })

  it('the media server is away: asked again within a second, however often it was', () => {
    const link = openConnected()
    link.put(mediaLost)
    for (let times = 0; times < 10; times++) {
      link.pass(1_000, 'none')
      expect(link.asked()).toHaveLength(1)
      link.put({ name: 'dial-failed', code: 'MEDIA_AWAY' })
    }
  })
})

it('leaving ends it for good', () => {
  const link = openConnected()
  link.put({ name: 'leave' })
  link.put({ name: 'online' })
  link.put(mediaLost)
  link.pass(10_000, 'silence')
  expect(link.phase()).toBe('closed')
  expect(link.asked()).toEqual([])
})
