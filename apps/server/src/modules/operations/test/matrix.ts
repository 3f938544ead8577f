import type { CastKey } from '../../../platform/testing/test-bed.ts'
import type { Matrix } from '../../../platform/testing/permission-matrix.ts'

const operators: readonly CastKey[] = ['systemAdmin']
const job = { id: '999999', attempts: 1 }
const word = 'Không cần nữa'

// nothing here belongs to a unit: there is no foreign one
export const matrix: Matrix = {
  'operations.readCounts': { own: () => ({}), ownFor: operators },
  'operations.listJobs': { own: () => ({ query: {} }), ownFor: operators },
  'operations.retryJobs': { own: () => ({ body: { items: [job] } }), ownFor: operators },
  'operations.giveUpJobs': { own: () => ({ body: { items: [job], word } }), ownFor: operators },
}
