import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { uploadPurposes } from '../../platform/files/upload-purposes.ts'
import { changeOverStops } from '../identity/index.ts'
import { visitPhoto, visitStill, visitVoice } from './actions/attach-file.ts'
import { recordingChunk } from './recording-chunks.ts'
import { isInRoom } from './store/participant-rows.ts'

/** What this module brings to the registries of the house. */
export const callsDeclares: Declaration[] = [
  ...declare(changeOverStops, { code: 'call', holds: ({ tx }, sessionId) => isInRoom(tx, sessionId) }),
  ...declare(uploadPurposes, visitPhoto, visitStill, visitVoice, recordingChunk),
]
