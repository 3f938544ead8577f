import type { AnyRoute } from '../http/serve.ts'
import type { CastKey, TestBed } from './test-bed.ts'
import type { Answer, TestClient } from './test-client.ts'

/** `{ params, query, body }` of one call, made afresh for every caller so that one call does not spoil the next. */
export type MatrixInput = { params?: object; query?: object; body?: object } | undefined
export type MakeInput = (bed: TestBed) => Promise<MatrixInput> | MatrixInput

/** How one route is tried by everybody. */
export interface MatrixCase {
  /** An object of the caller's own world: the Pờ Y station, its patient Lan, the consult it asked for. */
  own: MakeInput
  /** The cast who must get through with `own`; everyone else must be denied. */
  ownFor: readonly (CastKey | 'anonymous')[]
  /** The same kind of object in a world that is not theirs. Leave out only where the route names no object. */
  foreign?: MakeInput
  /** Those who may touch the foreign one all the same (its own people, a system administrator). */
  foreignFor?: readonly (CastKey | 'anonymous')[]
}

export type Matrix = Record<string, MatrixCase>

export const everyone = ['lan', 'duc', 'nurse', 'stationDoctor', 'districtSpecialist', 'provincialSpecialist', 'dutyLead', 'unitAdmin', 'officer',
  'foreignNurse', 'systemAdmin'] as const satisfies readonly CastKey[]

export type Outcome = 'through' | 'denied'

/** 401, 403 and 404 are closed doors; anything else means the caller got past them (a 409 is a busy room, not a closed one). */
export function outcomeOf(answer: Answer<unknown>): Outcome {
  return answer.status === 401 || answer.status === 403 || answer.status === 404 ? 'denied' : 'through'
}

/** Sends the route as the client, whatever its types. */
export async function tryRoute(client: TestClient, route: AnyRoute, input: MatrixInput): Promise<Answer<unknown>> {
  return client.try(route, (input ?? {}) as never)
}
