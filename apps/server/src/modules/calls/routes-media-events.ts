import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import { serveInSteps } from '../../platform/http/serve.ts'
import type { Log } from '../../platform/log/log.ts'
import { takeMediaEvent } from './actions/take-media-event.ts'
import { callsErrors } from './errors.ts'
import type { ReadNews } from './ports/livekit-events.ts'

/** What media servers tell: nothing of it is believed before its signature is read. */
export function registerMediaEventRoutes(app: FastifyInstance, { read, log }: { read: ReadNews; log: Log }): void {
  serveInSteps(app, contract.takeMediaEvent, async (_begin, { body }, { request }) => {
    const event = await read({ bytes: body.bytes, signature: request.headers.authorization })
    if (event === 'unsigned') {
      log.warn('news of a media server was refused: not signed by any of ours')
      throw callsErrors.MEDIA_EVENT_REFUSED()
    }
    return async (work) => ({ taken: event !== 'other' && (await takeMediaEvent(work, event)) })
  })
}
