import { z } from 'zod'
import { ById, Done, Id, Instant, Items, OptionalLine, Page, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'

/** Which unit's head judges: of the patient's home unit, or of the unit of whoever opened. */
export const ReviewSide = z.enum(['home', 'opener'])
export type ReviewSide = z.infer<typeof ReviewSide>
export const ReviewVerdict = z.enum(['justified', 'not_justified'])
export type ReviewVerdict = z.infer<typeof ReviewVerdict>

const Review = z.object({ side: ReviewSide, verdict: ReviewVerdict, note: z.string(), byName: z.string(), at: Instant })

const Opening = z.object({
  id: Id,
  at: Instant,
  until: Instant,
  openerName: z.string(),
  openerUnits: z.array(z.string()),
  homeFacilityName: z.string().nullable(),
  reason: z.string(),
  /** Only for those who may see the patient anyway. */
  patient: z.object({ id: Id, fullName: z.string() }).nullable(),
  reviews: z.array(Review),
  /** The sides for which the reader may judge and nobody did. */
  awaits: z.array(ReviewSide),
})

export const listEmergencyOpenings = defineRoute({
  id: 'records.listEmergencyOpenings',
  method: 'GET',
  path: '/api/emergency-openings',
  permission: 'glass.review',
  summary: 'Records opened in an emergency, by one’s staff or of one’s patients; `open` awaits the reader’s judgement',
  query: z.object({ state: z.enum(['open', 'all']).default('open'), ...pageQuery }),
  reply: Page(Opening),
})

export const reviewEmergencyOpening = defineRoute({
  id: 'records.reviewEmergencyOpening',
  method: 'POST',
  path: '/api/emergency-openings/:id/review',
  permission: 'glass.review',
  idempotent: true,
  summary:
    'Judge an emergency opening for one’s unit: justified or not, with a note; not justified ends it. May be sent twice',
  params: ById,
  body: z.object({ verdict: ReviewVerdict, note: OptionalLine(1000).default('') }),
  reply: Opening,
})

export const myEmergencyNotices = defineRoute({
  id: 'records.myEmergencyNotices',
  method: 'GET',
  path: '/api/emergency-notices',
  permission: 'account.own',
  summary:
    'What I was told of and did not read yet: my record, a family member’s, or my unit’s was opened in an emergency',
  reply: Items(
    z.object({
      id: Id,
      at: Instant,
      as: z.enum(['patient', 'head']),
      openerName: z.string(),
      openerUnits: z.array(z.string()),
      /** Whose record; for a head null. */
      patient: z.object({ id: Id, fullName: z.string() }).nullable(),
    }),
  ),
})

export const readEmergencyNotice = defineRoute({
  id: 'records.readEmergencyNotice',
  method: 'POST',
  path: '/api/emergency-notices/:id/read',
  permission: 'account.own',
  idempotent: true,
  offline: true,
  summary: 'I have read it; may be sent twice',
  params: ById,
  reply: Done,
})

export const emergencyRoutes = {
  listEmergencyOpenings,
  reviewEmergencyOpening,
  myEmergencyNotices,
  readEmergencyNotice,
}
