import type { prefill as prefillRoute, previewRoute as previewRouteRoute } from '@moinha/contracts/consults'
import type { HandlerReply } from '@moinha/contracts/route'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCards, specialtiesBacked } from '../../facilities/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { latestVitals } from '../../records/index.ts'
import { specialtiesOnDuty } from '../../roster/index.ts'
import { openStatuses } from '../domain/life-cycle.ts'
import { consultsErrors } from '../errors.ts'
import { requestedEncounter } from '../store/requested-encounter.ts'
import { waitOf } from '../store/escalation-rows.ts'
import { explainMissing, findRoute } from './find-route.ts'

/** What the encounter already knows. */
export async function prefillRequest(work: Work, encounterId: string): Promise<HandlerReply<typeof prefillRoute>> {
  const facts = await requestedEncounter(work.tx, encounterId)
  if (!facts || !work.actor.clinicalFacilityIds.includes(facts.facilityId))
    throw consultsErrors.CONSULT_ENCOUNTER_UNKNOWN()
  const open = await work.tx
    .selectFrom('consults.consult')
    .where('encounter_id', '=', encounterId)
    .where('status', 'in', [...openStatuses])
    .select('id')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  work.audit({ action: 'consults.prefill', subject: 'encounter', subjectId: encounterId, patientId: facts.patientId })
  return {
    encounterId,
    patient: {
      id: facts.patientId,
      fullName: facts.patientName,
      sex: facts.patientSex,
      birthDate: facts.patientBirthDate,
    },
    history: [facts.complaint, facts.findings].filter(Boolean).join('\n'),
    treatment: '',
    diagnosis: facts.diagnosis,
    icd10: facts.icd10,
    video: facts.channel === 'video',
    vitals: await latestVitals(work.tx, encounterId),
    openConsultId: open?.id ?? null,
    specialties: await coveredSpecialties(work, facts.facilityId),
  }
}

/** Specialties, and whether somebody of the unit's support network is on duty for each now. */
async function coveredSpecialties(work: Work, facilityId: string) {
  const specialties = await specialtiesBacked(work.tx, facilityId, localDateOf(work.now))
  const hospitals = [...new Set(specialties.flatMap((one) => one.backedBy))]
  const onDutyAt = await specialtiesOnDuty(work, hospitals)
  return specialties.map(({ backedBy, ...specialty }) => ({
    ...specialty,
    covered: backedBy.some((id) => onDutyAt.get(id)?.has(specialty.code)),
  }))
}

/** Who would be rung now, and why. */
export async function previewRoute(
  work: Work,
  ask: { specialty: string; urgency: 'urgent' | 'scheduled' },
): Promise<HandlerReply<typeof previewRouteRoute>> {
  const facilityId = work.actor.grants.find((grant) => grant.permissions.includes('consult.request'))?.facilityId
  if (!facilityId || !work.actor.personId) throw platformErrors.NOT_ALLOWED({ permission: 'consult.request' })
  const question = { facilityId, requesterId: work.actor.personId, specialty: ask.specialty }
  const route = await findRoute(work, question)
  const units = new Map(
    (await facilityCards(work.tx, [...route.skipped, ...route.candidates.map((line) => line.facilityId)])).map(
      (card) => [card.id, card.shortName],
    ),
  )
  const practitionerRoles = await practitionerRolesOf(
    work.tx,
    route.candidates.map((line) => line.personId),
  )
  const waits = new Map<string, number>()
  for (const { facilityId: hospital } of route.candidates) {
    if (!waits.has(hospital)) waits.set(hospital, await waitOf(work.tx, hospital, ask.urgency))
  }
  return {
    candidates: route.candidates.map((line) => {
      const practitionerRole = practitionerRoles.find(
        (card) => card.personId === line.personId && card.facilityId === line.facilityId,
      )
      return {
        ...line,
        fullName: practitionerRole?.fullName ?? '',
        title: practitionerRole?.title ?? '',
        facilityName: units.get(line.facilityId) ?? '',
        waitSeconds: waits.get(line.facilityId) ?? 0,
      }
    }),
    skipped: route.skipped.map((id) => ({ id, name: units.get(id) ?? '' })),
    missing: route.missing ? await explainMissing(work, question, route.missing) : null,
  }
}
