import { z } from 'zod'
import { Decimal, Id, Instant, Line, Names, OptionalLine, OptionalText } from '../common.ts'

/** Classes that the law treats apart. Source: domain notes on regulations, §6.1 and §6.3. */
export const MedicineClass = z.enum(['ordinary', 'narcotic', 'psychotropic', 'precursor', 'traditional'])
export type MedicineClass = z.infer<typeof MedicineClass>

/** c ordinary, h psychotropic or precursor, n narcotic, y traditional; as the national system codes them. */
export const RxKind = z.enum(['c', 'h', 'n', 'y'])
export type RxKind = z.infer<typeof RxKind>

/** Which row of the table of limits holds. Source: domain notes on regulations, §6.3. */
export const Situation = z.enum(['usual', 'cancer', 'chronic', 'discharge'])
export type Situation = z.infer<typeof Situation>

/** Times of a day at which a dose is taken, in their order. */
export const moments = ['morning', 'forenoon', 'noon', 'afternoon', 'evening', 'night'] as const
export const Moment = z.enum(moments)
export const Meal = z.enum(['any', 'before', 'with', 'after'])

/** `waiting`: not acknowledged by the national system yet; `refused`: it answered with errors. */
export const RxState = z.enum(['waiting', 'issued', 'refused'])
export type RxState = z.infer<typeof RxState>

const amount = Decimal({ whole: 6, scale: 3 })

export const Medicine = z.object({
  id: Id,
  code: z.string(),
  inn: z.string(),
  nameVi: z.string(),
  strength: z.string(),
  form: z.string(),
  route: z.string(),
  doseUnit: z.string(),
  unit: z.string(),
  atc: z.string(),
  class: MedicineClass,
  /** Can its quantity be computed, and its dose by weight? */
  computes: z.boolean(),
  byWeight: z.boolean(),
})
export type Medicine = z.infer<typeof Medicine>

/** One medicine as typed. Either a dose, or milligrams per kilogram and day, from which the dose is computed. */
export const LineTyped = z.object({
  medicineId: Id,
  dose: amount.nullable().default(null),
  mgPerKgDay: amount.nullable().default(null),
  moments: z.array(Moment).min(1).max(moments.length),
  meal: Meal.default('any'),
  days: z.number().int().min(1).max(366),
  /** None: dose × times × days. */
  quantity: amount.nullable().default(null),
  note: OptionalLine(200).default(''),
})
export type LineTyped = z.infer<typeof LineTyped>

/** The same as it was kept. */
export const LineKept = LineTyped.extend({ note: z.string() })

/** Who brings a child under 72 months. Source: domain notes on forms, §4. */
const BroughtBy = z.object({
  name: Line(120),
  relation: OptionalLine(60).default(''),
  phone: OptionalLine(40).default(''),
})

/** What is typed of a prescription; checked as often as wanted, written once. */
export const RxTyped = z.object({
  encounterId: Id,
  situation: Situation.default('usual'),
  lines: z.array(LineTyped).min(1).max(20),
  weightKg: Decimal({ whole: 3, scale: 2 }).nullable().default(null),
  broughtBy: BroughtBy.nullable().default(null),
  advice: OptionalText(2000).default(''),
  followUpDays: z.number().int().min(1).max(366).nullable().default(null),
})
export type RxTyped = z.infer<typeof RxTyped>

/** A medicine as written: everything printed, copied, so that the catalogue may change. */
export const RxLine = z.object({
  no: z.number().int(),
  medicineId: Id,
  inn: z.string(),
  nameVi: z.string(),
  strength: z.string(),
  form: z.string(),
  route: z.string(),
  doseUnit: z.string(),
  unit: z.string(),
  atc: z.string(),
  class: MedicineClass,
  dose: z.string(),
  moments: z.array(Moment),
  meal: Meal,
  days: z.number().int(),
  quantity: z.string(),
  note: z.string(),
})
export type RxLine = z.infer<typeof RxLine>

export const RxContent = z.object({
  code: z.string(),
  kind: RxKind,
  situation: Situation,
  facility: z.object({ name: z.string(), code: z.string(), address: z.string(), phone: z.string() }),
  prescriber: z.object({ name: z.string(), licenceNo: z.string() }),
  patient: z.object({
    fullName: z.string(),
    sex: z.enum(['male', 'female', 'unknown']),
    birthDate: z.string().nullable(),
    /** Under 72 months. */
    months: z.number().int().nullable(),
    address: z.string(),
    phone: z.string(),
    citizenId: z.string(),
    insuranceCard: z.string(),
    weightKg: z.string().nullable(),
    broughtBy: z.object({ name: z.string(), relation: z.string(), phone: z.string() }).nullable(),
  }),
  diagnoses: z.array(z.object({ code: z.string(), display: z.string() })),
  lines: z.array(RxLine),
  advice: z.string(),
  followUpDays: z.number().int().nullable(),
  writtenAt: z.string(),
  collectUntil: z.string(),
  replaces: z.object({ code: z.string(), reason: z.string() }).nullable(),
  /** Warnings that were overruled, and why. */
  overruled: z.array(z.object({ key: z.string(), code: z.string(), reason: z.string() })),
})
export type RxContent = z.infer<typeof RxContent>

export const findingCodes = [
  'not_allowed_here',
  'no_diagnosis',
  'hiv_not_supported',
  'birth_date_missing',
  'weight_missing',
  'weight_unlikely',
  'companion_missing',
  'strength_missing',
  'dose_missing',
  'dose_too_large',
  'dose_large',
  'quantity_missing',
  'quantity_differs',
  'too_many_days',
  'mixed_kinds',
  'controlled_at_distance',
  'narcotic_conditions',
  'medicine_twice',
  'same_ingredient',
  'takes_already',
  'allergy',
  'interaction',
  'medicine_not_checked',
] as const

/** What the checks say: `block` does not go, `warn` goes with a reason under its key. */
export const Finding = z.object({
  key: z.string(),
  code: z.enum(findingCodes),
  level: z.enum(['block', 'warn']),
  /** Numbers of the lines it is about. */
  lines: z.array(z.number().int()),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Why two medicines do not go together. */
  why: Names.nullable(),
})
export type Finding = z.infer<typeof Finding>

export const Given = z.object({ no: z.number().int(), quantity: z.string() })

/** A prescription as staff sees it. */
export const Rx = z.object({
  id: Id,
  encounterId: Id,
  patientId: Id,
  state: RxState,
  content: RxContent,
  replacedAt: Instant.nullable(),
  withdrawn: z.object({ at: Instant, reason: z.string() }).nullable(),
  issuedAt: Instant.nullable(),
  attempts: z.number().int(),
  /** A code, or what the national system wrote. */
  failure: z.string().nullable(),
  errors: z.array(z.string()),
  checksum: z.string().nullable(),
  given: z.array(Given),
  may: z.object({ replace: z.boolean(), withdraw: z.boolean(), dispense: z.boolean(), send: z.boolean() }),
})
export type Rx = z.infer<typeof Rx>

export const GivenTyped = z.object({ no: z.number().int().min(1).max(20), quantity: amount })
