import * as contract from '@moinha/contracts/identity'
import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'identity.seeAccountNotice': {
    as: 'lan',
    // the same person, at another device
    moveOn: async (bed, input) =>
      (await bed.as('lan')).call(contract.seeAccountNotice, { params: input?.params as { id: string } }),
  },
}
