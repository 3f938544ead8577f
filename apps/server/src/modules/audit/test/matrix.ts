import type { CastKey } from '../../../platform/testing/test-bed.ts'
import type { Matrix } from '../../../platform/testing/permission-matrix.ts'

const readers: readonly CastKey[] = ['unitAdmin', 'systemAdmin']

export const matrix: Matrix = {
  // whose rows one sees is decided row by row: test/access-log.test.ts
  'audit.listEntries': { own: () => ({ query: {} }), ownFor: readers },
  'audit.readState': { own: () => ({}), ownFor: readers },
  'audit.verifyLog': { own: () => ({ body: {} }), ownFor: readers },
}
