import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'prescriptions.check': { as: 'stationDoctor' },
  'prescriptions.issue': { as: 'stationDoctor' },
}
