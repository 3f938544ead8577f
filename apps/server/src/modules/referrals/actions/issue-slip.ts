import type * as contract from '@moinha/contracts/referrals'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCards } from '../../facilities/index.ts'
import {
  encounterFor,
  fileDocument,
  grantAccess,
  patientOnPaper,
  type EncounterForModules,
} from '../../records/index.ts'
import { afterOneYear, afterWorkingDays, transferWorkingDays } from '../domain/validity.ts'
import { referralsErrors } from '../errors.ts'
import { requireIssuer } from '../policy.ts'
import { holdsForYear, holidaysAfter } from '../store/calendar.ts'
import { findRevisit, findSlip, insertSlip, lockNumbers, nextNumber } from '../store/slips.ts'
import type { SlipRow } from '../store/tables.ts'
import { notifySides } from './change-slip.ts'

type Transfer = HandlerInput<typeof contract.issueTransfer>['body']
type Revisit = HandlerInput<typeof contract.issueRevisit>['body']
type Issued = HandlerReply<typeof contract.issueTransfer>

/** A slip as it is about to be numbered. */
type Unnumbered = Pick<SlipRow, 'id' | 'kind' | 'to_facility_id' | 'valid_until' | 'revisit_on'>

/** Sends a patient to another facility; it sees the slip and the record from now on. */
export async function issueTransfer(work: Work, body: Transfer): Promise<Issued> {
  const encounter = await encounterOfIssuer(work, body.encounterId)
  if (await isReplay(work, body, encounter)) return { id: body.id }
  if (encounter.diagnoses.length === 0) throw referralsErrors.REFERRAL_NO_DIAGNOSIS()
  if (body.toFacilityId === encounter.facilityId) throw referralsErrors.REFERRAL_SAME_UNIT()
  const [to] = await facilityCards(work.tx, [body.toFacilityId])
  if (!to || to.path === '') throw referralsErrors.REFERRAL_UNIT_UNKNOWN()
  const validUntil = await transferValidity(work, encounter)
  const slip = {
    id: body.id,
    kind: 'transfer' as const,
    to_facility_id: to.id,
    valid_until: validUntil,
    revisit_on: null,
  }
  const { signs, course, results, treatment, condition, reason, plan, transport, escort } = body
  const said = { signs, course, results, treatment, condition, reason, plan, transport, escort }
  const days = { from: localDateOf(encounter.startedAt), until: localDateOf(work.now) }
  const filed = await file(work, slip, encounter, { to: to.name, ...days, ...said })
  if (!filed) return { id: body.id }
  await grantAccess(work, { patientId: encounter.patientId, facilityId: to.id, reason: 'referral', subjectId: body.id })
  return { id: body.id }
}

/** Asks a patient to come again: once per finished course. */
export async function issueRevisit(work: Work, body: Revisit): Promise<Issued> {
  const encounter = await encounterOfIssuer(work, body.encounterId)
  if (await isReplay(work, body, encounter)) return { id: body.id }
  const today = localDateOf(work.now)
  if (encounter.status !== 'finished') throw referralsErrors.REVISIT_NOT_FINISHED()
  if (body.revisitOn <= today || body.revisitOn > afterOneYear(today)) throw referralsErrors.REVISIT_DAY_WRONG()
  const slip = {
    id: body.id,
    kind: 'revisit' as const,
    to_facility_id: encounter.facilityId,
    valid_until: await revisitValidity(work, body.revisitOn),
    revisit_on: body.revisitOn,
  }
  const treatedOn = localDateOf(encounter.startedAt)
  await file(work, slip, encounter, { treatedOn, revisitOn: body.revisitOn, advice: body.advice })
  return { id: body.id }
}

async function encounterOfIssuer(work: Work, encounterId: string): Promise<EncounterForModules> {
  const encounter = await encounterFor(work, encounterId)
  requireIssuer(work.actor, encounter.facilityId)
  return encounter
}

/** Sent again: what stands is the answer, whatever became of the encounter since. */
async function isReplay(work: Work, { id }: { id: string }, encounter: EncounterForModules): Promise<boolean> {
  const known = await asSystem(work, systemActor, ({ tx }) => findSlip(tx, id))
  if (known && known.encounter_id !== encounter.id) throw platformErrors.ID_TAKEN()
  if (!known && encounter.status === 'cancelled') throw referralsErrors.REFERRAL_ENCOUNTER_CANCELLED()
  return known !== undefined
}

async function transferValidity(work: Work, { diagnoses }: EncounterForModules): Promise<string> {
  const today = localDateOf(work.now)
  const codes = diagnoses.map((one) => one.code)
  if (await holdsForYear(work.tx, codes)) return afterOneYear(today)
  return afterWorkingDays(today, transferWorkingDays, await holidaysAfter(work.tx, today))
}

/** House rule: who is a little late is still taken in; a week of working days after the day itself. */
const revisitGraceWorkingDays = 5
const revisitValidity = async (work: Work, day: string): Promise<string> =>
  afterWorkingDays(day, revisitGraceWorkingDays, await holidaysAfter(work.tx, addDays(day, -1)))

/** Numbers the slip, files its paper, tells both sides. False where the same one came in beside this. */
async function file(
  work: Work,
  slip: Unnumbered,
  encounter: EncounterForModules,
  said: Record<string, unknown>,
): Promise<boolean> {
  const issuedBy = requireIssuer(work.actor, encounter.facilityId)
  const numbered = { facility_id: encounter.facilityId, kind: slip.kind, number_year: yearOf(work.now) }
  const number = await asSystem(work, systemActor, async ({ tx }) => {
    await lockNumbers(tx, numbered)
    if (await findSlip(tx, slip.id)) return undefined
    const other = slip.kind === 'revisit' ? await findRevisit(tx, encounter.id) : undefined
    if (other) throw referralsErrors.REVISIT_EXISTS({ number: `${other.number}/${other.number_year}` })
    return nextNumber(tx, numbered)
  })
  if (number === undefined) return false
  const paper = await patientOnPaper(work, encounter.patientId, {
    facilityId: encounter.facilityId,
    personId: issuedBy,
  })
  const row = {
    ...slip,
    ...numbered,
    number,
    patient_id: encounter.patientId,
    encounter_id: encounter.id,
    diagnosis: encounter.diagnoses.map(({ code, display }) => `${code} ${display}`).join('; '),
    issued_at: work.now,
    issued_by: issuedBy,
    issuer_name: paper.issuer.name,
    changed_at: work.now,
    changed_by: issuedBy,
  }
  await asSystem(work, systemActor, ({ tx }) => insertSlip(tx, row))
  await filePaper(work, row, encounter, { ...said, ...paper })
  await notifySides(work, row)
  return true
}

type Numbered = Unnumbered & Pick<SlipRow, 'number' | 'number_year' | 'facility_id'>

async function filePaper(
  work: Work,
  row: Numbered,
  encounter: EncounterForModules,
  said: Record<string, unknown>,
): Promise<void> {
  const number = `${row.number}/${row.number_year}`
  const [kind, name] =
    row.kind === 'transfer' ? ['transfer_slip', 'Phiếu chuyển cơ sở'] : ['revisit_slip', 'Phiếu hẹn khám lại']
  await fileDocument(work, {
    id: row.id,
    patientId: encounter.patientId,
    encounterId: encounter.id,
    facilityId: row.facility_id,
    kind,
    title: `${name} số ${number}`,
    version: 1,
    content: { number, diagnoses: encounter.diagnoses, validUntil: row.valid_until, ...said },
  })
}

const yearOf = (at: Date): number => Number(localDateOf(at).slice(0, 4))
