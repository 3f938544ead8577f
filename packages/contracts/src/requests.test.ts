import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { contracts } from './all.ts'
import { Upload } from './upload.ts'

// Walks every schema of every request, so that a route added later cannot forget a bound.

interface Leaf {
  path: string
  /** What is at the leaf: `string`, `number`, `enum` … */
  type: string
  format: string | undefined
  /** The leaf as the request meets it, transforms and all. */
  schema: z.ZodType
}

type Def = {
  type: string
  format?: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
  options?: z.ZodType[]
  items?: z.ZodType[]
  keyType?: z.ZodType
  valueType?: z.ZodType
}

function leavesOf(schema: z.ZodType, path: string, outer = schema): Leaf[] {
  const def = schema._zod.def as unknown as Def
  const parts: [string, z.ZodType][] = [
    ...Object.entries(def.shape ?? {}),
    ...[...(def.options ?? []), ...(def.items ?? [])].map((part, at): [string, z.ZodType] => [String(at), part]),
    ...[def.element, def.keyType, def.valueType].flatMap((part): [string, z.ZodType][] => (part ? [['*', part]] : [])),
  ]
  if (def.shape || parts.length > 0) return parts.flatMap(([name, part]) => leavesOf(part, `${path}.${name}`))
  const inner = def.innerType ?? def.in
  if (inner) return leavesOf(inner, path, def.type === 'pipe' ? outer : inner)
  return [{ path, type: def.type, format: def.format, schema: outer }]
}

const leaves = Object.values(contracts).flatMap((routes) =>
  Object.values(
    routes as Record<string, { id: string; params?: z.ZodType; query?: z.ZodType; body?: z.ZodType }>,
  ).flatMap((route) =>
    (['params', 'query', 'body'] as const).flatMap((part) => {
      const schema = route[part]
      return schema ? leavesOf(schema, `${route.id} ${part}`) : []
    }),
  ),
)

const taken = (type: string, values: readonly unknown[], format?: string) =>
  leaves
    .filter((leaf) => leaf.type === type && (format === undefined || leaf.format === format))
    .flatMap(({ path, schema }) =>
      values
        .filter((value) => schema.safeParse(value).success)
        .map((value) => `${path} takes ${JSON.stringify(value)}`),
    )

describe('what a request may carry', () => {
  it('is walked to its leaves', () => {
    expect(leaves.length).toBeGreaterThan(200)
    expect(new Set(leaves.map((leaf) => leaf.type))).toEqual(
      new Set(['string', 'number', 'boolean', 'enum', 'literal', 'custom']),
    )
  })

  it('is a file where it is none of the plain kinds: bytes, which the reader of files judges', () => {
    expect(leaves.filter((leaf) => leaf.type === 'custom').map((leaf) => leaf.schema)).toSatisfy((files: z.ZodType[]) =>
      files.every((file) => file === Upload),
    )
  })

  it('has no text with NUL, another control, or half a character', () => {
    expect(taken('string', ['\0', 'a\0b', 'a\u001bb', 'a\u009bb', 'a\ud800b', '\udfff12345678'])).toEqual([])
  })

  it('has no text without an end', () => {
    expect(taken('string', ['a'.repeat(60_000)])).toEqual([])
  })

  it('has no day and no instant outside the times people live in', () => {
    expect(taken('string', ['9999-12-31', '2201-01-01', '1899-12-31', '0000-01-01', '2026-02-30'], 'date')).toEqual([])
    const instants = [
      '9999-12-31T23:59:59-12:00',
      '2300-01-01T00:00:00Z',
      '0001-01-01T00:00:00+14:00',
      '2026-02-30T00:00:00Z',
    ]
    expect(taken('string', instants, 'datetime')).toEqual([])
    expect(leaves.filter((leaf) => leaf.format === 'date').length).toBeGreaterThan(30)
    expect(leaves.filter((leaf) => leaf.format === 'datetime').length).toBeGreaterThan(10)
  })

  it('has no number that a column cannot hold', () => {
    expect(taken('number', [1e300, -1e300, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2_147_483_648])).toEqual(
      [],
    )
  })
})
