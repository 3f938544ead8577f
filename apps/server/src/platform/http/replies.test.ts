import { defineRoute } from '@moinha/contracts/route'
import type { FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { LocalDate } from '@moinha/contracts/common'
import { anonymousActor } from '../access/actor.ts'
import { createLog } from '../log/log.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { serve } from './serve.ts'
import { createServer } from './server.ts'

/** Writes a row, then answers whatever it is told to. */
const answer = defineRoute({
  id: 'test.answer',
  method: 'POST',
  path: '/api/test/answer',
  permission: 'public',
  summary: 'Only here',
  body: z.object({ say: z.unknown(), note: z.uuid() }),
  reply: z.object({ day: LocalDate, count: z.number(), inner: z.array(z.object({ name: z.string() })).optional() }),
})

let bed: TestBed
let server: FastifyInstance
const log: string[] = []

beforeAll(async () => {
  bed = await openTestBed()
  const { config, transact } = bed.platform
  const quiet = createLog({ LOG_LEVEL: 'error' }, { write: (line: string) => void log.push(line) })
  const readActor = async () => anonymousActor
  server = await createServer({ config, transact, log: quiet, version: '0', webDist: '/nowhere', readActor })
  serve(server, answer, async (work, { body }) => {
    work.audit({ action: 'test.answer', subject: 'test', subjectId: body.note })
    return body.say as { day: string; count: number }
  })
}, 120_000)
afterAll(async () => {
  await server.close()
  await bed.close()
})

async function ask(say: unknown): Promise<{ status: number; body: unknown; written: number }> {
  const note = randomUUID()
  const headers = { 'x-moinha': '1' }
  const reply = await server.inject({ method: 'POST', url: answer.path, headers, payload: { say, note } })
  const { rows } = await bed.owner.query('select from audit.entry where subject_id = $1', [note])
  return { status: reply.statusCode, body: reply.json(), written: rows.length }
}

describe('a reply passes its contract before anything is committed', () => {
  test('one that fits leaves, and its transaction stays', async () => {
    expect(await ask({ day: '2026-11-25', count: 1 })).toMatchObject({ status: 200, written: 1 })
  })

  test.each([
    ['of another shape', { day: 'Nguyễn Thị Lan', count: 1 }],
    ['with a number that JSON has not', { day: '2026-11-25', count: null }],
    ['of nothing', null],
    ['with a hole deep inside', { day: '2026-11-25', count: 1, inner: [{ name: 'a' }, { name: 7 }] }],
  ])('one %s is our mistake, and nothing is written', async (_name, say) => {
    log.length = 0
    const { status, body, written } = await ask(say)
    expect({ status, written }).toEqual({ status: 500, written: 0 })
    expect(body).toMatchObject({ code: 'INTERNAL' })
    expect(log.join()).toContain('test.answer: ')
    expect(log.join()).not.toContain('Nguyễn')
  })

  test('what was not declared cannot leave, at any depth', async () => {
    const { body } = await ask({ day: '2026-11-25', count: 1, secret: 's', inner: [{ name: 'a', secret: 's' }] })
    expect(body).toEqual({ day: '2026-11-25', count: 1, inner: [{ name: 'a' }] })
  })
})
