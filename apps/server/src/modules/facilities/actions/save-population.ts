import type { Work } from '../../../platform/db/work.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { ownUnit } from './own-unit.ts'

interface Population {
  id: string
  year: number
  population: number
  population16Plus: number | null
  source: string
}

/** Population of a year; the later entry replaces the earlier one, the audit keeps both. */
export async function savePopulation(
  work: Work,
  { id, year, population, population16Plus, source }: Population,
): Promise<void> {
  await ownUnit(work, id)
  if (population16Plus !== null && population16Plus > population) throw facilityErrors.POPULATION_PART_LARGER()
  const columns = { population, population_16_plus: population16Plus, source }
  await work.tx
    .insertInto('facilities.population')
    .values({ facility_id: id, year, ...columns })
    .onConflict((conflict) => conflict.columns(['facility_id', 'year']).doUpdateSet(columns))
    .execute()
  await announceChange(work, 'savePopulation', id, { year, population, population16Plus })
}
