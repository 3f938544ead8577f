import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/programmes'
import { z } from 'zod'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { personCards } from '../../identity/index.ts'
import { patientCards, type PatientCard } from '../../records/index.ts'
import { mayFollowAt } from '../policy.ts'
import { dueCounts, dueRows, type DueRow } from '../store/due-rows.ts'

/** So many days ahead are soon. */
const SOON_DAYS = 7
const Cursor = z.tuple([z.iso.date(), z.uuid()])

/** Whose visit at the unit is late, soon or later. */
export async function listDue(
  work: Work,
  facilityId: string,
  query: HandlerInput<typeof contract.due>['query'],
): Promise<HandlerReply<typeof contract.due>> {
  if (!mayFollowAt(work.actor, facilityId)) throw platformErrors.NOT_ALLOWED()
  const today = localDateOf(work.now)
  const asked = { facilityId, programme: query.programme, today, soonUntil: addDays(today, SOON_DAYS) }
  const page = { which: query.which, after: readCursor(query.after), limit: query.limit + 1 }
  const found = await dueRows(work.tx, { ...asked, ...page })
  const rows = found.slice(0, query.limit)
  const patients = new Map(
    (
      await patientCards(
        work,
        rows.map((row) => row.patient_id),
      )
    ).map((card) => [card.id, card]),
  )
  const callers = await asSystem(work, systemActor, ({ tx }) =>
    personCards(
      tx,
      rows.flatMap((row) => row.called_by ?? []),
    ),
  )
  const nameOf = new Map(callers.map((card) => [card.id, card.fullName]))
  work.audit({
    action: 'programmes.due',
    subject: 'patient',
    facilityId,
    patientIds: rows.map((row) => row.patient_id),
  })
  const last = rows.at(-1)
  return {
    items: rows.flatMap((row) => {
      const patient = patients.get(row.patient_id)
      return patient ? [lineOf(row, patient, nameOf.get(row.called_by ?? '') ?? '')] : []
    }),
    next: found.length > query.limit && last ? writeCursor(last) : null,
    counts: await asSystem(work, systemActor, ({ tx }) => dueCounts(tx, asked)),
  }
}

function lineOf(row: DueRow, patient: PatientCard, byName: string): contract.DueLine {
  const { call_result: result, called_at: at } = row
  return {
    id: row.id,
    patientId: row.patient_id,
    fullName: patient.fullName,
    sex: patient.sex,
    birthDate: patient.birthDate,
    phone: patient.phone,
    programme: row.programme,
    names: row.names,
    booking: row.booking,
    nextOn: row.next_on,
    nextNames: row.next_names,
    bookedAt: row.booked_at?.toISOString() ?? null,
    lastCall: result && at ? { at: at.toISOString(), result, byName } : null,
  }
}

const writeCursor = ({ next_on, id }: DueRow): string =>
  Buffer.from(JSON.stringify([next_on, id])).toString('base64url')

function readCursor(after: string | undefined): { on: string; id: string } | undefined {
  if (after === undefined) return undefined
  try {
    const [on, id] = Cursor.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')))
    return { on, id }
  } catch {
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'CURSOR' }])
  }
}
