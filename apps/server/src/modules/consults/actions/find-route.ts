import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCards, supportRoutes, unitsAbove } from '../../facilities/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { dutyLeads, onDuty } from '../../roster/index.ts'
import { routeConsult, type ChainHospital, type ConsultRoute } from '../domain/route-consult.ts'

export interface RouteQuestion {
  facilityId: string
  requesterId: string
  specialty: string
  askLead?: boolean
}

/** The route of a case at this moment, with the hospitals it was found in. */
export async function findRoute(work: Work, ask: RouteQuestion): Promise<ConsultRoute> {
  const chain = await supportRoutes(work.tx, ask.facilityId, ask.specialty, localDateOf(work.now))
  const ids = chain.map((link) => link.facilityId)
  const hospitals = await loadHospitals(work, ids, ask.specialty)
  const route = routeConsult({ requesterId: ask.requesterId, hospitals, ...(ask.askLead && { askLead: true }) })
  if (!ask.askLead || route.candidates.length > 0) return route
  return routeConsult({
    requesterId: ask.requesterId,
    hospitals: await loadHospitals(
      work,
      await unitsAbove(work.tx, ask.facilityId, localDateOf(work.now)),
      ask.specialty,
    ),
    askLead: true,
  })
}

async function loadHospitals(work: Work, ids: readonly string[], specialty: string): Promise<ChainHospital[]> {
  const hospitals: ChainHospital[] = []
  for (const facilityId of ids) {
    hospitals.push({
      facilityId,
      team: await onDuty(work, { facilityId, specialty, at: work.now }),
      leads: await dutyLeads(work, { facilityId, at: work.now }),
    })
  }
  return hospitals
}

/** Says which link is missing and offers a duty lead instead. */
export async function explainMissing(work: Work, ask: RouteQuestion, missing: NonNullable<ConsultRoute['missing']>) {
  const specialty = await work.tx
    .selectFrom('facilities.specialty')
    .where('code', '=', ask.specialty)
    .select('name_vi')
    .executeTakeFirst()
  const [unit] = await facilityCards(work.tx, [ask.facilityId])
  const lead = (await findRoute(work, { ...ask, askLead: true })).candidates[0]
  return {
    missing,
    facilityName: unit?.name ?? '',
    specialty: ask.specialty,
    specialtyName: specialty?.name_vi ?? ask.specialty,
    date: localDateOf(work.now),
    offer: lead ? await offerOf(work, lead) : null,
  }
}

async function offerOf(work: Work, { personId, facilityId }: { personId: string; facilityId: string }) {
  const [card] = (await practitionerRolesOf(work.tx, [personId])).filter(
    (practitionerRole) => practitionerRole.facilityId === facilityId,
  )
  const facility = await work.tx
    .selectFrom('facilities.unit')
    .where('id', '=', facilityId)
    .select(['name', 'phone'])
    .executeTakeFirst()
  return {
    personId,
    fullName: card?.fullName ?? '',
    facilityId,
    facilityName: facility?.name ?? '',
    phone: facility?.phone ?? null,
  }
}
