import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { guardiansOf, personCards, queueSms } from '../../identity/index.ts'
import { emergencySms } from '../domain/emergency-text.ts'
import type { EmergencyOpening } from '../domain/events.ts'

/** A text message that comes later than this helps nobody. */
const smsWorthHours = 24
/** One text message in this time about the same opener and patient; the notice on the page comes each time. */
const smsQuietHours = 1
const hourMs = 3_600_000

/**
 * Tells the patient, who acts for them, and the heads of both units, in the transaction that opens the record: rows
 * with read marks for whoever is away, a message to open screens, and a text message to the patient's phone.
 */
export async function tellOfBrokenGlass(work: Work, opening: EmergencyOpening): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const quiet = await toldJustNow(system, opening)
    const glassId = await writeOpening(system, opening)
    const guardians = (await guardiansOf(system.tx, [opening.patientId])).map((one) => one.guardianId)
    const heads = await headsOfBoth(system, opening)
    const notices = [
      ...[opening.patientId, ...guardians].map((person_id) => ({ person_id, told_as: 'patient' as const })),
      ...heads.map((person_id) => ({ person_id, told_as: 'head' as const })),
    ]
    await system.tx
      .insertInto('records.glass_notice')
      .values(notices.map((one) => ({ ...one, glass_id: glassId, read_at: null })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    for (const { person_id } of notices) await system.live(`person:${person_id}`, 'records.glassBroken', { glassId })
    if (!quiet) await text(system, opening, guardians)
  })
}

async function toldJustNow({ tx }: Work, { patientId, personId, at }: EmergencyOpening): Promise<boolean> {
  const last = await tx
    .selectFrom('records.glass_break')
    .where('patient_id', '=', patientId)
    .where('person_id', '=', personId)
    .where('at', '>', new Date(at.getTime() - smsQuietHours * hourMs))
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return last !== undefined
}

async function writeOpening({ tx }: Work, opening: EmergencyOpening): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into records.glass_break (id, patient_id, person_id, facility_ids, home_facility_id, reason, at, until)
    values (uuidv7(), ${opening.patientId}, ${opening.personId}, ${[...opening.facilityIds]}::uuid[],
      ${opening.homeFacilityId},
      ${opening.reason}, ${opening.at}, ${opening.until}) returning id`.execute(tx)
  const id = rows[0]?.id
  if (!id) throw new Error('an insert answers its row')
  return id
}

/** Who answers for the home unit and for the units of who opened; never the opener. */
async function headsOfBoth(
  { tx }: Work,
  { homeFacilityId, facilityIds, personId }: EmergencyOpening,
): Promise<string[]> {
  const units = [...new Set([...(homeFacilityId ? [homeFacilityId] : []), ...facilityIds])]
  const { rows } = await sql<{ id: string }>`
    select distinct h.id from unnest(${units}::uuid[]) as unit(id) cross
      join lateral records.heads_of(unit.id, ${personId}) as h(id)`.execute(tx)
  return rows.map((row) => row.id)
}

/** To the phone of the record; a patient without one is told through who acts for them. */
async function text(system: Work, { patientId, at }: EmergencyOpening, guardians: readonly string[]): Promise<void> {
  const patient = await system.tx
    .selectFrom('records.patient')
    .where('id', '=', patientId)
    .select('phone')
    .executeTakeFirst()
  const people = await personCards(system.tx, [patientId, ...guardians])
  const own = people.find((one) => one.id === patientId)
  const ownPhone = patient?.phone ?? own?.phone
  const to = ownPhone
    ? [{ phone: ownPhone, language: own?.language ?? ('vi' as const) }]
    : people.flatMap(({ phone, language }) => (phone ? [{ phone, language }] : []))
  for (const { phone, language } of to) {
    const validUntil = new Date(system.now.getTime() + smsWorthHours * hourMs)
    await queueSms(system, { to: phone, text: emergencySms(language, at), purpose: 'emergency_opening', validUntil })
  }
}
