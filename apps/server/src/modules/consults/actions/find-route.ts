import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCards, supportRoutes } from '../../facilities/index.ts'
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
    hospitals: await loadHospitals(work, await othersAbove(work, ask.facilityId), ask.specialty),
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

/** Whom a unit may turn to where no link of the specialty exists: hospitals that back it for anything, then its management parents upward. */
async function othersAbove({ tx, now }: Work, facilityId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select to_id as id, min(rank) as near from facilities.support_link where from_id = ${facilityId} and valid @> ${localDateOf(now)}::date group by to_id
      union all
      select above.facility_id, 100 + nlevel(own.path) - nlevel(above.path) from facilities.current_path own join facilities.current_path above on own.path <@ above.path
      where own.facility_id = ${facilityId} and above.facility_id <> ${facilityId}
    ) x group by id order by min(near), id`.execute(tx)
  return rows.map((row) => row.id)
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
    .selectFrom('facilities.facility')
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
