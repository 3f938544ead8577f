import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/scheduling'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { citizenAccountOf, toE164 } from '../../identity/index.ts'
import { isTermPossible } from '../domain/booking-helper.ts'
import { schedulingErrors } from '../errors.ts'
import { mayRunDesk } from '../policy.ts'
import {
  endHelperRow,
  findHelper,
  helpersOf,
  insertHelper,
  readConsent,
  writeConsent,
  type HelperRow,
} from '../store/booking-helper-rows.ts'
import { isPatientKnown } from '../store/accounts-for.ts'

type Naming = HandlerInput<typeof contract.nameHelper>['body'] & { facilityId: string }
type Helper = HandlerReply<typeof contract.nameHelper>

async function requireDesk(work: Work, facilityId: string): Promise<void> {
  const path = await pathOf(work.tx, facilityId)
  if (!path) throw schedulingErrors.STATION_UNKNOWN()
  if (!mayRunDesk(work.actor, facilityId, path)) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.desk' })
}

/** Everybody the unit named. */
export async function listHelpers(work: Work, facilityId: string): Promise<{ items: Helper[] }> {
  await requireDesk(work, facilityId)
  const rows = await helpersOf(work.tx, facilityId)
  work.audit({
    action: 'scheduling.listHelpers',
    subject: 'facility',
    subjectId: facilityId,
    facilityId,
    detail: { count: rows.length },
  })
  return { items: rows.map(toHelper) }
}

/**
 * The station names somebody who books for its patients. Phone and name must both be theirs: a phone alone yields no
 * name. Sent twice, the same.
 */
export async function nameHelper(work: Work, naming: Naming): Promise<Helper> {
  const { id, facilityId, fullName, fromDay, untilDay } = naming
  await requireDesk(work, facilityId)
  const known = await findHelper(work.tx, id)
  if (known) return sameHelper(known, naming)
  const today = localDateOf(work.now)
  if (!isTermPossible(naming, today)) {
    throw schedulingErrors.HELPER_DAYS_WRONG({ today }, [{ path: 'untilDay', code: 'HELPER_DAYS_WRONG' }])
  }
  const personId = await asSystem(work, systemActor, ({ tx }) => citizenAccountOf(tx, toE164(naming.phone), fullName))
  if (!personId) throw schedulingErrors.HELPER_UNKNOWN()
  if (personId === work.actor.personId) throw platformErrors.NOT_ALLOWED()
  const row = { id, facilityId, personId, fullName, fromDay, untilDay, namedBy: work.actor.personId }
  if (!(await insertHelper(work.tx, row))) throw schedulingErrors.HELPER_NAMED_ALREADY()
  work.audit({
    action: 'scheduling.nameHelper',
    subject: 'person',
    subjectId: personId,
    facilityId,
    detail: { helperId: id, fromDay, untilDay },
  })
  return toHelper(await load(work, id))
}

function sameHelper(known: HelperRow, { facilityId, fromDay, untilDay }: Naming): Helper {
  const same = known.facilityId === facilityId && known.fromDay === fromDay && known.untilDay === untilDay
  if (!same) throw platformErrors.ID_TAKEN()
  return toHelper(known)
}

async function load(work: Work, id: string): Promise<HelperRow> {
  const row = await findHelper(work.tx, id)
  if (!row) throw schedulingErrors.HELPER_GONE()
  return row
}

/** From this moment on they book for nobody; what they booked stays. */
export async function endHelper(work: Work, id: string): Promise<void> {
  const row = await load(work, id)
  const path = await pathOf(work.tx, row.facilityId)
  if (!path || !mayRunDesk(work.actor, row.facilityId, path)) throw schedulingErrors.HELPER_GONE()
  await endHelperRow(work.tx, id, work.actor.personId, work.now)
  work.audit({
    action: 'scheduling.endHelper',
    subject: 'person',
    subjectId: row.personId,
    facilityId: row.facilityId,
    detail: { helperId: id },
  })
}

interface ConsentOf {
  facilityId: string
  patientId: string
}

async function requireOwnPatient(work: Work, { facilityId, patientId }: ConsentOf): Promise<void> {
  await requireDesk(work, facilityId)
  if (!(await isPatientKnown(work.tx, patientId))) throw schedulingErrors.PATIENT_NOT_OF_STATION()
}

type Consent = HandlerReply<typeof contract.readHelperConsent>

export async function readHelperConsent(work: Work, of: ConsentOf): Promise<Consent> {
  await requireOwnPatient(work, of)
  work.audit({
    action: 'scheduling.readHelperConsent',
    subject: 'patient',
    subjectId: of.patientId,
    patientId: of.patientId,
  })
  return standingConsent(work, of)
}

async function standingConsent(work: Work, { patientId, facilityId }: ConsentOf): Promise<Consent> {
  const { agreed, saidAt } = await readConsent(work.tx, patientId, facilityId)
  return { agreed, saidAt: saidAt?.toISOString() ?? null }
}

type Saying = HandlerInput<typeof contract.keepHelperConsent>['body']

/** How far a device's clock may be ahead of ours. */
const clockAheadMs = 5 * 60_000

/**
 * The patient said at the station, or by phone, whether helpers may book for them. What they said later stands,
 * whichever arrives first; the reply is what stands.
 */
export async function keepHelperConsent(work: Work, of: ConsentOf, { agreed, saidAt }: Saying): Promise<Consent> {
  await requireOwnPatient(work, of)
  const said = saidAt === undefined ? work.now : new Date(saidAt)
  // a time to come would outweigh every later word
  if (said.getTime() > work.now.getTime() + clockAheadMs) throw schedulingErrors.SAID_IN_FUTURE()
  if (await writeConsent(work.tx, { ...of, agreed, saidAt: said, by: work.actor.personId, at: work.now })) {
    work.audit({
      action: 'scheduling.keepHelperConsent',
      subject: 'patient',
      subjectId: of.patientId,
      patientId: of.patientId,
      facilityId: of.facilityId,
      detail: { agreed },
    })
  }
  return standingConsent(work, of)
}

function toHelper({ id, fullName, fromDay, untilDay, namedAt, endedAt }: HelperRow): Helper {
  return { id, fullName, fromDay, untilDay, namedAt: namedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null }
}
