import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import type { Files } from '../../platform/files/files.ts'
import { serve } from '../../platform/http/serve.ts'
import { listMessages } from './actions/list-messages.ts'
import { readAttachment } from './actions/read-attachment.ts'
import { sendMessage, settleCallBack } from './actions/send-message.ts'
import { showPhones } from './actions/show-phones.ts'

/** What is written in a visit, and the telephone. */
export function registerMessageRoutes(app: FastifyInstance, files: Files): void {
  serve(app, contract.listMessages, (work, { params, query }) => listMessages(work, params.visitId, query))
  serve(app, contract.sendMessage, (work, { params, body }) => sendMessage(work, params.visitId, body))
  serve(app, contract.settleCallBack, (work, { params }) => settleCallBack(work, params.visitId, params.messageId))
  serve(app, contract.readAttachment, (work, { params }, { request }) =>
    readAttachment(work, files, { ...params, request }),
  )
  serve(app, contract.showPhones, async (work, { params }) => ({ phones: await showPhones(work, params.visitId) }))
}
