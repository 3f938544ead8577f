import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Gate } from '../domain/gate.ts'
import { encounterOr404 } from '../store/encounters.ts'
import { gateFor } from './judge-ending.ts'

/** How an encounter may end now; whoever prescribes asks whether treatment is among it. */
export async function mayTreat(work: Work, encounterId: string): Promise<Gate> {
  return gateFor(work, await encounterOr404(work.tx, encounterId))
}

/** What stands on papers about somebody; empty where it is not known. */
export interface PatientParticulars {
  fullName: string
  sex: 'male' | 'female' | 'unknown'
  birthDate: string | null
  address: string
  /** E.164 */
  phone: string
  citizenId: string
  insuranceCard: string
}

/** The particulars of a patient whom the actor may see; otherwise 404. */
export async function patientParticulars(work: Work, patientId: string): Promise<PatientParticulars> {
  const seen = await work.tx.selectFrom('records.patient').where('id', '=', patientId).select('id').executeTakeFirst()
  if (!seen) throw platformErrors.NOT_FOUND()
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<PatientParticulars>`
      select full_name as "fullName", sex, birth_date as "birthDate", coalesce(address, '') as address,
        coalesce(phone, '') as phone, ${currentNumber('citizen_id')} as "citizenId",
        ${currentNumber('insurance_card')} as "insuranceCard"
      from records.patient p where id = ${patientId}`.execute(tx),
  )
  const [found] = rows
  if (!found) throw platformErrors.NOT_FOUND()
  return found
}

const currentNumber = (system: string) => sql<string>`coalesce((
  select i.value from records.patient_identifier i
  where i.patient_id = p.id and i.system = ${system} and upper_inf(i.valid) order by i.recorded_at desc limit 1), '')`
