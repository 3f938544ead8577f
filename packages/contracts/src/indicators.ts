import { z } from 'zod'
import { Done, Id, Instant, Items, LocalDate, Names, Opaque, OptionalLine, Page, pageQuery } from './common.ts'
import { defineRoute } from './route.ts'

/** A quarter as printed on the plan's report: `2026-Q4`. */
export const Quarter = z.string().regex(/^20\d\d-Q[1-4]$/)

/** Why and when a row was corrected: the event that brought it about, as its module names it. */
const Correction = z.object({ cause: z.string(), causeName: Names, at: Instant })

const AnnexRow = z.object({
  /** As printed, e.g. `4.1`. */
  no: z.string(),
  labelVi: z.string(),
  labelEn: z.string(),
  unitText: z.string(),
  reportingUnit: z.string(),
  note: z.string().nullable(),
  /** The source leaves its meaning open and nobody has confirmed ours. */
  pending: z.boolean(),
  /** null where it cannot be computed honestly; `missing` says why. */
  value: z.number().nullable(),
  missing: z.enum(['population']).nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  denominatorSource: z.string().nullable(),
  /** What the unit registered for the year, if anything. */
  registered: z.number().nullable(),
  /** Can the number be opened into its rows? */
  opens: z.boolean(),
})

export const annex = defineRoute({
  id: 'indicators.annex',
  method: 'GET',
  path: '/api/indicators/forms/:form/units/:unitId',
  permission: 'report.read',
  summary: 'A form filled from the ledger for a unit, all beneath it, and a quarter',
  params: z.object({ form: Opaque(60), unitId: Id }),
  query: z.object({ quarter: Quarter, mapDate: LocalDate.optional() }),
  reply: z.object({
    form: z.object({ key: z.string(), nameVi: z.string(), nameEn: z.string(), source: z.string(), dueOn: LocalDate }),
    unit: z.object({ id: Id, name: z.string() }),
    quarter: Quarter,
    from: LocalDate,
    to: LocalDate,
    mapDate: LocalDate,
    unitsCounted: z.number().int(),
    /** Days inside the quarter on which the map of this unit changed. */
    mapChanges: z.array(LocalDate),
    rows: z.array(AnnexRow),
  }),
})

export const annexActivities = defineRoute({
  id: 'indicators.annexActivities',
  method: 'GET',
  path: '/api/indicators/forms/:form/units/:unitId/rows/:no',
  permission: 'report.read',
  summary: 'The activities behind one number, newest first, with those that were taken back',
  params: z.object({ form: Opaque(60), unitId: Id, no: Opaque(8) }),
  query: z.object({ quarter: Quarter, mapDate: LocalDate.optional(), ...pageQuery }),
  reply: Page(
    z.object({
      id: Id,
      at: Instant,
      /** Code of a kind some module declares, and what it is called. */
      kind: z.string(),
      kindName: Names,
      facilityName: z.string(),
      practitionerName: z.string().nullable(),
      practitionerTitle: z.string().nullable(),
      selfPerformed: z.boolean(),
      counterpartName: z.string().nullable(),
      programme: z.string().nullable(),
      /** A short code that tells patients apart in a list and nothing more. */
      patientCode: z.string().nullable(),
      /** It was counted and is no longer. */
      takenBack: Correction.nullable(),
      /** It stands in the place of one that was taken back. */
      restated: Correction.nullable(),
    }),
  ),
})

export const annexByUnit = defineRoute({
  id: 'indicators.annexByUnit',
  method: 'GET',
  path: '/api/indicators/forms/:form/units/:unitId/rows/:no/units',
  permission: 'report.read',
  summary: 'One number broken down by the units directly beneath',
  params: z.object({ form: Opaque(60), unitId: Id, no: Opaque(8) }),
  query: z.object({ quarter: Quarter, mapDate: LocalDate.optional() }),
  reply: Items(z.object({ unitId: Id, name: z.string(), count: z.number().int() })),
})

export const annexFile = defineRoute({
  id: 'indicators.annexFile',
  method: 'GET',
  path: '/api/indicators/forms/:form/units/:unitId/file',
  permission: 'report.read',
  summary: 'The filled form as a spreadsheet (CSV)',
  params: z.object({ form: Opaque(60), unitId: Id }),
  query: z.object({ quarter: Quarter, mapDate: LocalDate.optional() }),
  reply: z.string(),
  produces: ['text/csv; charset=utf-8'],
})

export const reportUnits = defineRoute({
  id: 'indicators.reportUnits',
  method: 'GET',
  path: '/api/indicators/units',
  permission: 'report.read',
  summary: 'Units whose reports I may read, found without diacritics',
  query: z.object({ q: OptionalLine(80).default('') }),
  reply: Items(z.object({ id: Id, name: z.string(), parentName: z.string().nullable(), type: z.string() })),
})

export const register = defineRoute({
  id: 'indicators.register',
  method: 'PUT',
  path: '/api/indicators/forms/:form/units/:unitId/registered',
  permission: 'target.register',
  idempotent: true,
  summary: 'Register the year’s value of a row for a unit',
  params: z.object({ form: Opaque(60), unitId: Id }),
  body: z.object({
    year: z.number().int().min(2020).max(2100),
    no: Opaque(8),
    value: z.number().min(0).max(1e9).nullable(),
  }),
  reply: Done,
})

/** By the kind of meeting. */
const MeetingCounts = z.object({
  briefing: z.number().int(),
  professional: z.number().int(),
  training: z.number().int(),
})

export const meetingsThisYear = defineRoute({
  id: 'indicators.meetingsThisYear',
  method: 'GET',
  path: '/api/indicators/meetings',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'How many meetings my units held and attended since the year began, as the ledger counts them',
  reply: z.object({
    year: z.number().int(),
    items: z.array(
      z.object({
        unit: z.object({ id: Id, name: z.string() }),
        held: MeetingCounts,
        attended: MeetingCounts,
        /** What the plan of the unit asks for, and where that stands. */
        plan: z.object({ briefings: z.number().int(), source: z.string() }).nullable(),
      }),
    ),
  }),
})

export const routes = { meetingsThisYear, annex, annexActivities, annexByUnit, annexFile, reportUnits, register }
