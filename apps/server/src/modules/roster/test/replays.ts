import * as contract from '@moinha/contracts/roster'
import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'roster.writeHandover': {
    as: 'districtSpecialist',
    moveOn: async (bed, input) =>
      (await bed.as('dutyLead')).call(contract.readHandover, { params: { id: (input?.body as { id: string }).id } }),
  },
  'roster.readHandover': {
    as: 'districtSpecialist',
    moveOn: async (bed, input) =>
      (await bed.as('dutyLead')).call(contract.readHandover, { params: input?.params as { id: string } }),
  },
}
