import { startAppointment } from '@moinha/contracts/scheduling'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { matrix } from './matrix.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
}, 120_000)
afterAll(() => bed.close())

test('the encounter of one appointment cannot begin another: a refusal, and the second stays as it was', async () => {
  const nurse = await bed.as('nurse')
  const encounterId = randomUUID()
  const begin = async () => {
    const input = (await matrix['scheduling.startAppointment']?.own(bed)) as { params: { id: string } }
    return { id: input.params.id, answer: await nurse.try(startAppointment, { ...input, body: { encounterId } }) }
  }
  expect((await begin()).answer.status).toBe(200)
  const { id, answer } = await begin()
  expect([answer.status, answer.problem?.code]).toEqual([409, 'ID_TAKEN'])
  const { rows } = await bed.owner.query('select state, encounter_id from scheduling.appointment where id = $1', [id])
  expect(rows).toEqual([{ state: 'arrived', encounter_id: null }])
})
