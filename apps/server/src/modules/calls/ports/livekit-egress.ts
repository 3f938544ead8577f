import {
  EgressClient,
  EncodedFileOutput,
  EncodedFileType,
  EncodingOptionsPreset,
  TwirpError,
  type EgressInfo,
} from 'livekit-server-sdk'
import type { MediaAddress } from '../../../platform/module.ts'
import type { RoomRecorder } from './room-recorder.ts'

/** A worker has to be found and its browser opened before the answer comes. */
const ANSWER_SECONDS = 15

/** `failed_precondition`: it has ended by itself. */
const over = new Set(['not_found', 'failed_precondition'])

function unlessOver(error: unknown): void {
  if (!(error instanceof TwirpError) || error.code === undefined || !over.has(error.code)) throw error
}

/** Speaks to the egress workers behind a LiveKit server with its key pair. */
export function connectEgress({ url, apiKey, apiSecret }: MediaAddress): RoomRecorder {
  const egress = new EgressClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: ANSWER_SECONDS,
    failover: false,
  })
  return {
    start: async (room, filepath) => {
      // no manifest: who was in the room does not lie beside the file
      const file = new EncodedFileOutput({ fileType: EncodedFileType.MP4, filepath, disableManifest: true })
      const options = { layout: 'grid', encodingOptions: EncodingOptionsPreset.H264_720P_30 }
      return (await egress.startRoomCompositeEgress(room, { file }, options)).egressId
    },
    stop: (egressId) => egress.stopEgress(egressId).then(() => undefined, unlessOver),
    running: async () =>
      (await egress.listEgress({ active: true })).map((info) => ({ egressId: info.egressId, file: fileOf(info) })),
  }
}

/** Where it writes, as we asked for it. */
function fileOf({ request, fileResults }: EgressInfo): string {
  const asked = request.case === 'roomComposite' ? request.value.fileOutputs[0]?.filepath : undefined
  return fileResults[0]?.filename ?? asked ?? ''
}
