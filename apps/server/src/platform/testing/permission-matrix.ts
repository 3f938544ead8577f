import { z } from 'zod'
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
  /** A guest of a visit and what they may ask about it; where the contract says `guests`, and nowhere else. */
  guest?: (bed: TestBed) => Promise<{ client: TestClient; input: MatrixInput }>
}

export type Matrix = Record<string, MatrixCase>

export const everyone = [
  'lan',
  'duc',
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
  'dutyLead',
  'unitAdmin',
  'officer',
  'foreignNurse',
  'systemAdmin',
] as const satisfies readonly CastKey[]

export type Outcome = 'through' | 'denied'

/**
 * 401, 403 and 404 are closed doors; anything else means the caller got past them (a 409 is a busy room, not a closed
 * one).
 */
export function outcomeOf(answer: Answer<unknown>): Outcome {
  return answer.status === 401 || answer.status === 403 || answer.status === 404 ? 'denied' : 'through'
}

/** Sends the route as the client, whatever its types. */
export async function tryRoute(client: TestClient, route: AnyRoute, input: MatrixInput): Promise<Answer<unknown>> {
  return client.try(route, (input ?? {}) as never)
}

/** Where a route takes an id: `['body', 'patientId']`; `0` is the first of a list. */
export type IdField = readonly [piece: 'params' | 'query' | 'body', ...keys: (string | number)[]]

interface JsonSchema {
  format?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

/** Every place of a route's input that holds an id, read off its schemas, so that a new route is walked by itself. */
export function idFieldsOf(route: AnyRoute): IdField[] {
  return (['params', 'query', 'body'] as const).flatMap((piece) => {
    const schema = route[piece]
    if (!schema) return []
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
    return idPaths(json).map((keys): IdField => [piece, ...keys])
  })
}

function idPaths({
  format,
  properties = {},
  items,
  anyOf = [],
  oneOf = [],
  allOf = [],
}: JsonSchema): (string | number)[][] {
  if (format === 'uuid') return [[]]
  const inside = Object.entries(properties).flatMap(([key, one]) => idPaths(one).map((rest) => [key, ...rest]))
  const listed = items ? idPaths(items).map((rest) => [0, ...rest]) : []
  const branches = [...anyOf, ...oneOf, ...allOf].flatMap(idPaths)
  const all = [...inside, ...listed, ...branches]
  return all.filter((path, at) => all.findIndex((other) => other.join() === path.join()) === at)
}

/** The same input with another id in one place. */
export function withId(input: MatrixInput, [piece, ...keys]: IdField, id: string): MatrixInput {
  const copy = structuredClone(input ?? {}) as Record<string, unknown>
  let at: Record<string | number, unknown> = copy
  for (const [index, key] of [piece, ...keys].entries()) {
    if (index === keys.length) at[key] = id
    else at = (at[key] ??= typeof keys[index] === 'number' ? [] : {}) as Record<string | number, unknown>
  }
  return copy
}

/** The id an input has in one place, if any. */
export function idAt(input: MatrixInput, field: IdField): string | undefined {
  const found = field.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    input ?? {},
  )
  return typeof found === 'string' ? found : undefined
}
