import * as contract from '@moinha/contracts/news'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { giveHelp, readHelpToday, takeHelpBack } from './actions/note-help.ts'
import { correctMessage, publishMessage, withdrawMessage } from './actions/publish-message.ts'
import {
  countMyUnread,
  listPublicAreas,
  markRead,
  readMessage,
  readMyFeed,
  readPublicFeed,
} from './actions/read-feeds.ts'
import { listManaged, readManaged, readProof } from './actions/read-managed.ts'
import { dropDraft, saveDraft } from './actions/write-draft.ts'
import { findAreas } from './store/areas.ts'

const done = { done: true as const }

export function newsRoutes(app: FastifyInstance): void {
  serveReaders(app)
  servePublishers(app)
  serveOutreach(app)
}

function serveReaders(app: FastifyInstance): void {
  serve(app, contract.mine, (work, { query }) => readMyFeed(work, query))
  serve(app, contract.unread, (work) => countMyUnread(work))
  serve(app, contract.publicFeed, (work, { query }) => readPublicFeed(work, query))
  serve(app, contract.publicAreas, (work) => listPublicAreas(work))
  serve(app, contract.message, (work, { params }) => readMessage(work, params.id))
  serve(app, contract.markRead, async (work, { params, body }) => {
    await markRead(work, params.id, body.version)
    return done
  })
}

function servePublishers(app: FastifyInstance): void {
  serve(app, contract.list, (work, { query }) => listManaged(work, query))
  serve(app, contract.areas, async (work, { query }) => ({ items: await findAreas(work, query.q) }))
  serve(app, contract.managed, (work, { params }) => readManaged(work, params.id))
  serve(app, contract.proof, (work, { params }) => readProof(work, params.id))
  serve(app, contract.saveDraft, async (work, { params, body }) => ({
    edits: await saveDraft(work, { ...body, id: params.id }),
  }))
  serve(app, contract.correct, async (work, { params, body }) => ({
    version: await correctMessage(work, params.id, body),
  }))
  serve(app, contract.dropDraft, async (work, { params }) => {
    await dropDraft(work, params.id)
    return done
  })
  serve(app, contract.publish, async (work, { params, body }) => {
    await publishMessage(work, params.id, body.edits)
    return done
  })
  serve(app, contract.withdraw, async (work, { params, body }) => {
    await withdrawMessage(work, params.id, body.reason)
    return done
  })
}

function serveOutreach(app: FastifyInstance): void {
  serve(app, contract.helpToday, (work, { params }) => readHelpToday(work, params.facilityId))
  serve(app, contract.giveHelp, (work, { body }) => giveHelp(work, body))
  serve(app, contract.takeHelpBack, async (work, { params }) => {
    await takeHelpBack(work, params.id)
    return done
  })
}
