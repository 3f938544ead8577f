import * as contract from '@moinha/contracts/signatures'
import { randomUUID } from 'node:crypto'
import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'signatures.removeKey': {
    as: 'nurse',
    async input(bed) {
      const id = randomUUID()
      await (await bed.as('nurse')).call(contract.addTrialKey, { body: { id, passphrase: 'mot mat khau dai' } })
      return { params: { id } }
    },
  },
}
