import type { Work } from '../../../platform/db/work.ts'
import { patientCards } from '../../records/index.ts'
import type { MinutesRow } from '../store/minutes-rows.ts'
import type { ConsultRow } from '../store/tables.ts'

/** As the kind of document is declared. */
export const minutesKind = 'consult_minutes'

export const titleOf = ({ number, number_year: year }: ConsultRow): string => `Biên bản hội chẩn số ${number}/${year}`

/** What is signed and filed, without what the signers add. */
export async function contentOf(system: Work, row: ConsultRow, minutes: MinutesRow) {
  const questions = await system.tx
    .selectFrom('consults.question')
    .where('consult_id', '=', row.id)
    .select(['no', 'text'])
    .orderBy('no')
    .execute()
  return {
    consultId: row.id,
    number: `${row.number}/${row.number_year}`,
    specialty: row.specialty,
    patient: await patientOfToday(system, row),
    questions,
    ...minutes.content,
    contentHash: minutes.content_hash,
  }
}

/** As the record names the patient today: a correction since the request, or since an earlier version, counts. */
async function patientOfToday(system: Work, row: ConsultRow) {
  const [card] = await patientCards(system, [row.patient_id])
  if (card) return { fullName: card.fullName, sex: card.sex, birthDate: card.birthDate }
  return { fullName: row.patient_name, sex: row.patient_sex, birthDate: row.patient_birth_date }
}
