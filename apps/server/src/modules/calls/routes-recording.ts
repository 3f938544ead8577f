import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import type { Files } from '../../platform/files/files.ts'
import { listRecordings, playedFiles, readRecording } from './actions/read-recording.ts'
import { answerRecording, askRecording, openSpan, stopRecording } from './actions/record-visit.ts'

interface RecordingParts {
  files: Files
  /** Can the media side record now? */
  offersServer: () => boolean
}

/** Recording a visit: asked for, answered, run in spans, ended, played. */
export function registerRecordingRoutes(app: FastifyInstance, { files, offersServer }: RecordingParts): void {
  serve(app, contract.readRecording, async (work, { params }) => ({
    recording: await readRecording(work, params.visitId),
  }))
  serve(app, contract.askRecording, async (work, { params: { visitId }, body }) => {
    await askRecording(work, visitId, body.recordingId)
    return { recording: await readRecording(work, visitId) }
  })
  serve(app, contract.answerRecording, async (work, { params, body }) => {
    await answerRecording(work, params, body)
    return { recording: await readRecording(work, params.visitId) }
  })
  serve(app, contract.openRecordingSpan, async (work, { params, body }) => {
    await openSpan(work, params, { spanId: body.spanId, offersServer: offersServer() })
    return { recording: await readRecording(work, params.visitId) }
  })
  serve(app, contract.stopRecording, async (work, { params }) => {
    await stopRecording(work, params)
    return { recording: await readRecording(work, params.visitId) }
  })
  serve(app, contract.listRecordings, async (work, { params }) => ({
    items: await listRecordings(work, files, params.visitId),
  }))
  serve(app, contract.playRecording, async (work, { params }, { request }) =>
    files.serve(work, await playedFiles(work, params.visitId, params.spanId), { request }),
  )
}
