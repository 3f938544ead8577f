import type { StillAnswer, StillOutcome, StillWish } from '@moinha/contracts/calls'
import { newId } from '../../../platform/api/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'

const ACK_MS = 8_000
/** Who may refuse has ten seconds, and a slow camera needs some more. */
const ANSWER_MS = 45_000

/** `silent`: nothing was heard of it. */
export type Asked = { readonly outcome: StillOutcome | 'silent' } | { readonly code: string }

type Ack = { ok: true; pages: number } | { ok: false; code: string }

/** Asks somebody's page for a still of their camera, and waits for what became of it. */
export async function askStill(wish: Omit<StillWish, 'stillId'>): Promise<Asked> {
  const stillId = newId()
  const socket = await liveSocket()
  const heard = listen(socket, stillId)
  try {
    const ack = (await socket.timeout(ACK_MS).emitWithAck('call:still', { ...wish, stillId })) as Ack
    if (!ack.ok) return { code: ack.code }
    return { outcome: await heard.outcome(ack.pages) }
  } catch {
    return { code: 'NETWORK_DOWN' }
  } finally {
    heard.stop()
  }
}

/** Somebody may be in with two pages: that one of them has no camera says nothing of the other. */
function listen(socket: Awaited<ReturnType<typeof liveSocket>>, stillId: string) {
  const answers: StillOutcome[] = []
  let told = (): void => undefined
  const hear = (answer: Omit<StillAnswer, 'to'>): void => {
    if (answer.stillId !== stillId) return
    answers.push(answer.outcome)
    told()
  }
  socket.on('call:still-answer', hear)
  const settled = (pages: number): StillOutcome | undefined =>
    answers.find((outcome) => outcome !== 'no_camera') ?? (answers.length >= pages ? answers[0] : undefined)
  return {
    stop: () => void socket.off('call:still-answer', hear),
    outcome: (pages: number): Promise<StillOutcome | 'silent'> =>
      new Promise((done) => {
        const timer = setTimeout(() => done('silent'), ANSWER_MS)
        told = () => {
          const outcome = settled(pages)
          if (outcome === undefined) return
          clearTimeout(timer)
          done(outcome)
        }
        told()
      }),
  }
}
