import { z } from 'zod'
import { ById, Done, Id, Instant, Items, Line, LocalDate, Page, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'

/** A code with all beneath it (`E05`), or a range of blocks (`E00-E07`). */
const IcdPattern = Line(12)
  .transform((text) => text.toUpperCase().replace(/\s*[-–]\s*/, '-'))
  .pipe(z.string().regex(/^[A-Z]\d{2}(\.\d{1,2}|-[A-Z]\d{2})?$/))
  .refine((pattern) => {
    const [from = '', to = from] = pattern.split('-')
    return from.slice(0, 3) <= to.slice(0, 3)
  })

const Pilot = z.object({
  id: Id,
  documentNo: z.string(),
  title: z.string(),
  icd10: z.array(z.string()),
  from: LocalDate,
  /** The first day on which it no longer holds. */
  until: LocalDate,
  quota: z.number().int(),
  /** Remote treatments that count against the quota now. */
  used: z.number().int(),
  /** Ended before its time. */
  ended: z.boolean(),
})

export const listPilots = defineRoute({
  id: 'records.listPilots',
  method: 'GET',
  path: '/api/pilots',
  permission: 'facility.read',
  summary: 'Approvals of a unit to treat diseases outside the list, with what is used of their number of cases',
  query: z.object({ facilityId: Id, ...pageQuery }),
  reply: Page(Pilot).extend({ mayManage: z.boolean() }),
})

export const pilotUses = defineRoute({
  id: 'records.pilotUses',
  method: 'GET',
  path: '/api/pilots/:id/uses',
  permission: 'facility.manage',
  summary: 'What was counted against a pilot, newest first, without the patients: when, by whom, given back or not',
  params: ById,
  reply: Items(z.object({ id: Id, takenAt: Instant, givenBackAt: Instant.nullable(), practitionerName: z.string() })),
})

export const addPilot = defineRoute({
  id: 'records.addPilot',
  method: 'PUT',
  path: '/api/pilots/:id',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Write down a pilot approval with its number of cases; never changed afterwards, only ended',
  params: ById,
  body: z.object({
    facilityId: Id,
    documentNo: Line(80),
    title: Line(200),
    icd10: z.array(IcdPattern).min(1).max(60),
    from: LocalDate,
    until: LocalDate,
    quota: z.number().int().min(1).max(100_000),
  }),
  reply: Done,
})

export const endPilot = defineRoute({
  id: 'records.endPilot',
  method: 'POST',
  path: '/api/pilots/:id/end',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'End a pilot approval before its time',
  params: ById,
  body: z.object({ on: LocalDate }),
  reply: Done,
})

export const pilotRoutes = { listPilots, pilotUses, addPilot, endPilot }
