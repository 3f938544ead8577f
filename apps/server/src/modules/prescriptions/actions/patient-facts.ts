import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { allergiesOf, currentMedicinesOf } from '../../records/index.ts'
import type { Allergy, TakenMedicine } from '../domain/pair-findings.ts'
import { allergyWithCodes, takenWithCodes } from '../domain/substances.ts'
import { medicineNames } from '../store/catalogue.ts'
import { standingSince } from '../store/prescriptions.ts'

/** No prescription runs longer. */
const longestDays = 366

/**
 * What the record says of the patient, and what earlier prescriptions still give them today; `except` is about to be
 * replaced.
 */
export async function patientFacts(
  work: Work,
  patientId: string,
  except: string | null,
): Promise<{ allergies: readonly Allergy[]; taking: readonly TakenMedicine[] }> {
  const today = localDateOf(work.now)
  const since = new Date(work.now.getTime() - longestDays * 86_400_000)
  const earlier = (await standingSince(work.tx, patientId, since)).filter((row) => row.id !== except)
  const running = earlier.flatMap(({ content, written_at }) =>
    content.lines
      .filter((line) => addDays(localDateOf(written_at), line.days) > today)
      .map(({ inn, strength, atc }) => ({ display: `${inn} ${strength}`, inn, atc: atc || null })),
  )
  const [allergies, current] = [await allergiesOf(work, patientId), await currentMedicinesOf(work, patientId)]
  const taken = [...current, ...running]
  const names = allergies.length + taken.length === 0 ? [] : await medicineNames(work.tx)
  return {
    allergies: allergies.map((one) => allergyWithCodes(one, names)),
    taking: taken.flatMap((one) => takenWithCodes(one, names)),
  }
}
