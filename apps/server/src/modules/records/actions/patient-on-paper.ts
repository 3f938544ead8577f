import { ethnicName } from '@moinha/contracts/ethnic-groups'
import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import type { IdentifierSystem } from '../store/tables.ts'
import { patientOr404 } from '../store/patients.ts'
import { practitionerAt } from '../store/people.ts'

/** Who a paper is about and who writes it, as official papers name them; copied into what is filed. */
export async function patientOnPaper(work: Work, patientId: string, by: { facilityId: string; personId: string }) {
  const row = await patientOr404(work.tx, patientId)
  const [unit] = await facilityCards(work.tx, [by.facilityId])
  const numbers = await numbersOf(work, patientId)
  const system = row.ethnicity_system
  const code = row.ethnicity_code
  return {
    patient: {
      fullName: row.full_name,
      sex: row.sex,
      birthDate: row.birth_date,
      ethnicity: (system && code ? ethnicName({ system, code }) : undefined) ?? null,
      occupation: row.occupation,
      address: row.address,
      insuranceCard: numbers.get('insurance_card') ?? null,
      citizenId: numbers.get('citizen_id') ?? null,
    },
    facility: unit?.name ?? '',
    issuer: await practitionerAt(work, by.personId, by.facilityId),
  }
}

async function numbersOf({ tx, now }: Work, patientId: string): Promise<Map<IdentifierSystem, string>> {
  const rows = await tx
    .selectFrom('records.patient_identifier')
    .where('patient_id', '=', patientId)
    .where(sql<boolean>`valid @> ${localDateOf(now)}::date`)
    .select(['system', 'value'])
    .execute()
  return new Map(rows.map((one) => [one.system, one.value]))
}
