import type { IconName } from '@moinha/ui'
import { call, newId, refresh } from '../../../platform/api/index.ts'
import type { WordKey } from '../../../platform/i18n/index.ts'
import type { RoomContext } from './room-panels.ts'

/** One line of the more-menu that does something at once, without a panel. */
export interface RoomLine {
  readonly code: string
  readonly icon: IconName
  readonly title: (context: RoomContext) => WordKey
  readonly shown: (context: RoomContext) => boolean
  readonly run: (context: RoomContext) => void
}

const cameras = ({ session }: RoomContext): number =>
  session.media.snapshot().devices.filter((device) => device.kind === 'videoinput').length

/** Asks everybody; what stands, also where somebody asked before, shows above the pictures. */
async function askToRecord(visitId: string): Promise<void> {
  await call('calls.askRecording', { params: { visitId }, body: { recordingId: newId() } }).catch(() => undefined)
  await refresh('calls.readRecording')
}

/** Every line, in the order of the menu. */
export const roomLines: readonly RoomLine[] = [
  {
    code: 'switch-camera',
    icon: 'refresh',
    title: () => 'calls.room.switchCamera',
    shown: (context) => context.call?.camera === true && cameras(context) > 1,
    run: ({ session }) => void session.transport?.switchCamera(),
  },
  {
    code: 'record',
    icon: 'video',
    title: ({ visit }) => (visit?.kind === 'meeting' ? 'calls.recording.announce' : 'calls.recording.ask'),
    shown: ({ call, visit }) => call !== null && visit?.mayFinish === true,
    run: ({ visitId }) => void askToRecord(visitId),
  },
]
