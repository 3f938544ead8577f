import { randomUUID } from 'node:crypto'
import { everyone, type Matrix } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey } from '../../../platform/testing/test-bed.ts'

const signers: readonly CastKey[] = [
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
  'dutyLead',
  'foreignNurse',
]
const passphrase = 'mot mat khau dai'

// everybody has their own key and their own list: there is no foreign one to ask for but by an id nobody has
export const matrix: Matrix = {
  'signatures.readKey': { own: () => ({}), ownFor: signers },
  'signatures.addKey': {
    own: () => ({ body: { id: randomUUID(), file: 'AAAA', filePassphrase: '1', passphrase } }),
    ownFor: signers,
  },
  'signatures.addTrialKey': { own: () => ({ body: { id: randomUUID(), passphrase } }), ownFor: signers },
  'signatures.removeKey': { own: () => ({ params: { id: randomUUID() } }), ownFor: [] },
  'signatures.unlockKey': { own: () => ({ body: { passphrase } }), ownFor: signers },
  'signatures.lockKey': { own: () => ({}), ownFor: signers },
  'signatures.listWaiting': { own: () => ({}), ownFor: signers },
  'signatures.signWaiting': {
    own: () => ({ params: { kind: 'minutes', subjectId: randomUUID() }, body: {} }),
    ownFor: [],
  },
  'signatures.checkDocument': { own: () => ({}), ownFor: [...everyone, 'anonymous'] },
}
