import type { AssistAction } from '@moinha/contracts/calls'
import type { CallSession } from '../call-session.ts'
import { playTestTone } from '../media/test-tone.ts'

/**
 * Does on this page what a helper asked for. Nothing here makes somebody heard or seen who did not want to be: a
 * microphone that is silenced stays silenced, a camera that is off stays off.
 */
export async function doAction(session: CallSession, action: AssistAction): Promise<'done' | 'camera-off'> {
  switch (action) {
    case 'tone':
      await playTestTone()
      return 'done'
    case 'microphone':
      await session.media.openMicrophone()
      return 'done'
    case 'camera':
      if (session.media.snapshot().camera === null) return 'camera-off'
      await session.media.openCamera()
      return 'done'
    case 'voice-only':
      await session.transport?.setCamera(false)
      return 'done'
    case 'rejoin':
      await session.leave()
      await session.rejoin()
      return 'done'
  }
}
