import { QualificationCode } from '@moinha/contracts/qualifications'
import { z } from 'zod'

const Filter = z.object({
  /** Codes of declared kinds of activity. */
  kinds: z.array(z.string()).min(1),
  selfPerformed: z.boolean().optional(),
  /** Facility types that did the activity. */
  facilityTypes: z.array(z.string()).optional(),
  /** Facility types on the other side (who asked, or who was asked). */
  counterpartTypes: z.array(z.string()).optional(),
  /** What the practitioner was qualified as at the time of the activity. */
  qualifications: z.array(QualificationCode).optional(),
  exceptQualifications: z.array(QualificationCode).optional(),
})
export type Filter = z.infer<typeof Filter>

/** How a printed row is made from the ledger. Data in `indicators.form_row.formula`; read through this schema. */
export const Formula = z.discriminatedUnion('type', [
  z.object({ type: z.literal('count'), filter: Filter }),
  z.object({ type: z.literal('distinct'), of: z.enum(['facility', 'practitioner', 'patient']), filter: Filter }),
  /** Activities per inhabitant of the stations counted, in the year of the period. */
  z.object({ type: z.literal('per_population'), filter: Filter }),
  z.object({ type: z.literal('sum'), rows: z.array(z.string()).min(2) }),
])
export type Formula = z.infer<typeof Formula>

/** What the ledger answered for one counting row. */
export interface Counted {
  activities: number
  facilities: number
  practitioners: number
  patients: number
}

export interface Population {
  people: number
  /** Stations of the subtree without a figure: then there is no honest denominator. */
  missing: number
  source: string | null
}

export interface RowValue {
  value: number | null
  missing: 'population' | null
  numerator: number | null
  denominator: number | null
}

const plain = (value: number): RowValue => ({ value, missing: null, numerator: null, denominator: null })

function ratio(activities: number, population: Population): RowValue {
  if (population.missing > 0 || population.people === 0)
    return { value: null, missing: 'population', numerator: activities, denominator: null }
  return { value: activities / population.people, missing: null, numerator: activities, denominator: population.people }
}

/** The value of one row, given what was counted for each counting row of the form. */
export function valueOf(
  formula: Formula,
  no: string,
  counted: ReadonlyMap<string, Counted>,
  population: Population,
): RowValue {
  const own = counted.get(no) ?? { activities: 0, facilities: 0, practitioners: 0, patients: 0 }
  switch (formula.type) {
    case 'count':
      return plain(own.activities)
    case 'distinct':
      return plain({ facility: own.facilities, practitioner: own.practitioners, patient: own.patients }[formula.of])
    case 'per_population':
      return ratio(own.activities, population)
    case 'sum':
      return plain(formula.rows.reduce((total, row) => total + (counted.get(row)?.activities ?? 0), 0))
  }
}

/** The filters whose union makes a row's activities: its own, or those of the rows it adds up. */
export function filtersOf(formula: Formula, all: ReadonlyMap<string, Formula>): Filter[] {
  if (formula.type !== 'sum') return [formula.filter]
  return formula.rows.flatMap((no) => {
    const row = all.get(no)
    return row ? filtersOf(row, all) : []
  })
}
