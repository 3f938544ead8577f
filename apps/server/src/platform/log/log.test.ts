import { Writable } from 'node:stream'
import pg from 'pg'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLog } from './log.ts'

/** What a log writes for an error. */
function written(error: unknown): string {
  let text = ''
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString()
      done()
    },
  })
  createLog({ LOG_LEVEL: 'error' }, sink).error({ err: error }, 'request failed')
  return text
}

test('PostgreSQL quotes the row it refuses; the log does not', () => {
  const error = Object.assign(new pg.DatabaseError('invalid input syntax for type date: "Y Lan"', 0, 'error'), {
    severity: 'ERROR',
    code: '23514',
    constraint: 'person_phone_check',
    detail: 'Failing row contains (Y Lan, +84912345678).',
    where: "unnamed portal parameter $1 = 'Y Lan'",
  })
  const text = written(error)
  expect(text).toContain('23514')
  expect(text).toContain('person_phone_check')
  expect(text).not.toMatch(/Lan|912345678/)
})

test('a schema quotes what it was given; the log does not', () => {
  const { error } = z.object({ sex: z.enum(['male', 'female']) }).safeParse({ sex: 'Y Lan', 'Y Lan': 1 })
  expect(written(error)).not.toContain('Lan')
})

test('our own errors keep their words and their place', () => {
  const text = written(new Error('gateway answered 502'))
  expect(text).toContain('gateway answered 502')
  expect(text).toMatch(/log\.test\.ts/)
})
