import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/programmes'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { failureCode } from '../../../platform/errors/failure-code.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { grantAccess, patientCards } from '../../records/index.ts'
import { programmeErrors } from '../errors.ts'
import { mayFollowAt } from '../policy.ts'
import { programmesOn, type ProgrammeVersion } from '../store/programmes.ts'
import { replanPatient } from './replan.ts'

type Wish = HandlerInput<typeof contract.enrol>['body']

/** Takes a patient into a programme; sent twice it is once, and nobody is in the same programme twice at a time. */
export async function enrol(work: Work, wish: Wish): Promise<{ id: string }> {
  if (!mayFollowAt(work.actor, wish.facilityId)) throw platformErrors.NOT_ALLOWED()
  const [patient] = await patientCards(work, [wish.patientId])
  if (!patient) throw platformErrors.NOT_FOUND()
  const today = localDateOf(work.now)
  const programme = (await programmesOn(work.tx, today)).find(({ code }) => code === wish.programme)
  if (!programme) throw programmeErrors.PROGRAMME_UNKNOWN()
  if (await isReplay(work, wish)) return { id: wish.id }
  const { sex } = programme.definition
  if (sex !== null && patient.sex !== 'unknown' && patient.sex !== sex) throw programmeErrors.PROGRAMME_FOR_OTHERS()
  const anchorOn = requireAnchor(programme, wish.anchorOn, today)
  await insert(work, { wish, programme, anchorOn })
  await grantAccess(work, {
    patientId: wish.patientId,
    facilityId: wish.facilityId,
    reason: 'programme',
    subjectId: wish.id,
  })
  work.audit({
    action: 'programmes.enrol',
    subject: 'programme_enrolment',
    subjectId: wish.id,
    patientId: wish.patientId,
    facilityId: wish.facilityId,
    detail: { programme: wish.programme },
  })
  await replanPatient(work, wish.patientId)
  return { id: wish.id }
}

async function isReplay({ tx }: Work, { id, patientId, facilityId, programme }: Wish): Promise<boolean> {
  const row = await tx.selectFrom('programmes.enrolment').where('id', '=', id).selectAll().executeTakeFirst()
  if (!row) return false
  if (row.patient_id === patientId && row.facility_id === facilityId && row.programme_code === programme) return true
  throw platformErrors.NOT_FOUND()
}

/** The date visits are counted from, where the programme counts from one. */
export function requireAnchor(
  { definition: { schedule } }: Pick<ProgrammeVersion, 'definition'>,
  anchorOn: string | null,
  today: string,
): string | null {
  if (schedule.kind === 'recurring') return null
  if (anchorOn === null) throw programmeErrors.ANCHOR_MISSING()
  if (anchorOn > today) throw programmeErrors.ANCHOR_AHEAD()
  if (anchorOn < addDays(today, -schedule.anchorAtMostDaysAgo)) throw programmeErrors.ANCHOR_TOO_LONG_AGO()
  return anchorOn
}

interface Joining {
  wish: Wish
  programme: ProgrammeVersion
  anchorOn: string | null
}

async function insert({ tx, actor, now }: Work, { wish, programme, anchorOn }: Joining): Promise<void> {
  if (actor.personId === null) throw platformErrors.NOT_ALLOWED()
  try {
    await tx
      .insertInto('programmes.enrolment')
      .values({
        id: wish.id,
        patient_id: wish.patientId,
        facility_id: wish.facilityId,
        programme_code: programme.code,
        programme_version: programme.version,
        anchor_on: anchorOn,
        enrolled_by: actor.personId,
        enrolled_at: now,
      })
      .execute()
  } catch (error) {
    // somebody was first: in the same programme already, or an id that is taken
    if (failureCode(error) === '23505') throw programmeErrors.ENROLMENT_STANDS()
    throw error
  }
}
