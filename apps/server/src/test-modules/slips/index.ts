import { ById, Done, Id, Line } from '@moinha/contracts/common'
import { defineRoute } from '@moinha/contracts/route'
import { sql } from 'kysely'
import { join } from 'node:path'
import { z } from 'zod'
import { systemActor } from '../../platform/access/actor.ts'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { auditSubjects, type SubjectBehind } from '../../platform/audit/subjects.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { defineEvent } from '../../platform/events/events.ts'
import { serve } from '../../platform/http/serve.ts'
import type { ServerModule } from '../../platform/module.ts'
import { declare } from '../../platform/registries/registries.ts'
import {
  careReasons,
  documentKinds,
  encounterFor,
  endAccess,
  fileDocument,
  grantAccess,
} from '../../modules/records/index.ts'

// A module of a test. It brings a document, a reason of care, an activity and a subject of the access log, and no other
// module knows of it.

export const writeSlip = defineRoute({
  id: 'slips.write',
  method: 'POST',
  path: '/api/slips',
  permission: 'encounter.write',
  summary: 'Ask somebody to take a sample',
  body: z.object({ id: Id, encounterId: Id, samplerId: Id, what: Line(80) }),
  reply: Done,
})
export const readSlip = defineRoute({
  id: 'slips.read',
  method: 'GET',
  path: '/api/slips/:id',
  permission: 'patient.read',
  summary: 'One slip',
  params: ById,
  reply: z.object({ what: z.string(), state: z.string() }),
})
export const changeSlip = defineRoute({
  id: 'slips.change',
  method: 'POST',
  path: '/api/slips/:id/state',
  permission: 'patient.read',
  summary: 'The sample was taken, or is not wanted any more',
  params: ById,
  body: z.object({ state: z.enum(['done', 'cancelled']) }),
  reply: Done,
})

export const slipChanged = defineEvent<{ slipId: string }>('slipChanged')

interface SlipRow {
  id: string
  patient_id: string
  facility_id: string
  sampler_id: string
  what: string
  state: 'written' | 'done' | 'cancelled'
  changed_at: Date
}

async function slipOr404({ tx }: Work, id: string): Promise<SlipRow> {
  const { rows } = await sql<SlipRow>`select * from slips.slip where id = ${id}`.execute(tx)
  const [row] = rows
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

async function write(work: Work, body: { id: string; encounterId: string; samplerId: string; what: string }) {
  const { patientId, facilityId } = await encounterFor(work, body.encounterId)
  await sql`insert into slips.slip values
    (${body.id}, ${patientId}, ${body.encounterId}, ${facilityId}, ${body.samplerId}, ${body.what}, 'written',
    ${work.now})`.execute(work.tx)
  await grantAccess(work, { patientId, personId: body.samplerId, reason: 'slip', subjectId: body.id })
  await fileDocument(work, {
    id: body.id,
    patientId,
    encounterId: body.encounterId,
    facilityId,
    kind: 'slip',
    title: `Phiếu lấy mẫu: ${body.what}`,
    version: 1,
    content: { what: body.what, writtenAt: work.now.toISOString() },
  })
  return { done: true as const }
}

async function change(work: Work, id: string, state: 'done' | 'cancelled') {
  const { patient_id: patientId } = await slipOr404(work, id)
  await sql`update slips.slip set state = ${state}, changed_at = ${work.now} where id = ${id}`.execute(work.tx)
  await work.emit(slipChanged, { slipId: id })
  await endAccess(work, { patientId, subjectId: id, cause: state })
  return { done: true as const }
}

const slipsOf = (work: Work, ids: readonly string[]) =>
  sql<SlipRow>`select * from slips.slip where id = any(${[...ids]}::uuid[])`.execute(work.tx).then(({ rows }) => rows)

const content = z.object({ what: z.string(), writtenAt: z.string() })

export const slips: ServerModule = {
  name: 'slips',
  declares: [
    ...declare(documentKinds, {
      code: 'slip',
      names: { vi: 'Phiếu lấy mẫu', en: 'Sample slip' },
      check: (filed) => void content.parse(filed),
      sheetOf: (filed) => {
        const { what, writtenAt } = content.parse(filed)
        return [
          {
            type: 'lines',
            lines: [
              { label: { vi: 'Lấy mẫu', en: 'Sample' }, values: [what], between: ' · ' },
              { label: { vi: 'Lúc', en: 'At' }, values: [{ at: writtenAt }], between: ' · ' },
            ],
          },
        ]
      },
    }),
    ...declare(careReasons, {
      code: 'slip',
      names: { vi: 'Lấy mẫu', en: 'Takes a sample' },
      subject: {
        judge: async (work, held) => {
          const rows = await slipsOf(
            work,
            held.map((one) => one.subjectId),
          )
          const states = new Map(rows.map((row) => [row.id, row]))
          return new Map(
            held.flatMap((one) => {
              const row = states.get(one.subjectId)
              if (!row) return []
              return [[one.id, row.state === 'written' ? ('open' as const) : { cause: row.state, at: row.changed_at }]]
            }),
          )
        },
        lapsesAfterDays: 30,
        source: 'a test',
      },
      grace: [{ cause: 'cancelled', hours: 2, source: 'a test' }],
    }),
    ...declare(activityKinds, { code: 'sample_taken', names: { vi: 'Lấy mẫu', en: 'Sample taken' } }),
    ...declare(countedSubjects, {
      code: 'slip',
      activitiesOf: (work, id) =>
        asSystem(work, systemActor, async (system) =>
          (await slipsOf(system, [id]))
            .filter((row) => row.state === 'done')
            .map((row) => ({
              kind: 'sample_taken',
              at: row.changed_at,
              facilityId: row.facility_id,
              practitionerId: row.sampler_id,
              patientId: row.patient_id,
            })),
        ),
      recountOn: [
        recountOn(slipChanged, ({ slipId }) => slipId, { vi: 'phiếu lấy mẫu thay đổi', en: 'the slip was changed' }),
      ],
    }),
    ...declare(auditSubjects, {
      code: 'slip',
      paths: ['/api/slips/:id'],
      find: async (work, ids): Promise<SubjectBehind[]> =>
        (await slipsOf(work, ids)).map((row) => ({
          id: row.id,
          patientId: row.patient_id,
          facilityId: row.facility_id,
        })),
    }),
  ],
  routes(app) {
    serve(app, writeSlip, (work, { body }) => write(work, body))
    serve(app, changeSlip, (work, { params, body }) => change(work, params.id, body.state))
    serve(app, readSlip, async (work, { params }) => {
      const row = await slipOr404(work, params.id)
      work.audit({ action: 'slips.read', subject: 'slip', subjectId: params.id, patientId: row.patient_id })
      return { what: row.what, state: row.state }
    })
  },
}

export const slipsMigrations = join(import.meta.dirname, 'migrations')
