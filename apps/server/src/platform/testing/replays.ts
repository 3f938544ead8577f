import type { MakeInput, MatrixInput } from './permission-matrix.ts'
import type { CastKey, TestBed } from './test-bed.ts'

/** How an idempotent route is played again; `as` and `input` where the permission matrix does not get through. */
export interface ReplayCase {
  as?: CastKey | 'anonymous'
  input?: MakeInput
  /** What others do between the first time and the second. Every `offline` route brings it. */
  moveOn?: (bed: TestBed, input: MatrixInput, first: unknown) => Promise<unknown>
  /** What the second reply then says, in part. */
  present?: object
  /** …or the code that refuses it, with what stands now. */
  refused?: string
  /** The reply tells the first time from the second, on purpose. */
  differs?: true
}

export type Replays = Record<string, ReplayCase>
