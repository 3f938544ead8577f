import type { MakeInput, MatrixInput } from './permission-matrix.ts'
import type { CastKey, TestBed } from './test-bed.ts'

/** How an idempotent route is played again, where the object of the permission matrix does not get through. */
export interface ReplayCase {
  as: CastKey | 'anonymous'
  input: MakeInput
  /** What others do between the first time and the second. */
  moveOn?: (bed: TestBed, input: MatrixInput) => Promise<unknown>
  /** What the second reply then says, in part. */
  present?: object
  /** The reply tells the first time from the second, on purpose. */
  differs?: true
}

export type Replays = Record<string, ReplayCase>
