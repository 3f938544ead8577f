import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'calls.sendMessage': {
    as: 'lan',
    // the visit was finished while the message waited to be told again: it stands, and nothing more comes
    moveOn: (bed, input) =>
      bed.owner.query('update calls.visit set finished_at = now() where id = $1', [
        (input?.params as { visitId: string }).visitId,
      ]),
  },
}
