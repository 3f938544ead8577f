import { z } from 'zod'
import { ById, Done, Id, Instant } from '../common.ts'
import { defineRoute } from '../route.ts'

/** From 16 on: the annex of the Kon Tum plan, row 9, counts people of 16 and older. */
export const AgeGroup = z.enum(['16-29', '30-44', '45-59', '60+'])
export type AgeGroup = z.infer<typeof AgeGroup>

export const HelpSex = z.enum(['female', 'male', 'unknown'])

const HelpGiven = z.object({
  id: Id,
  at: Instant,
  ageGroup: AgeGroup,
  sex: HelpSex,
  helperName: z.string(),
  mine: z.boolean(),
})

export const helpToday = defineRoute({
  id: 'news.helpToday',
  method: 'GET',
  path: '/api/outreach/facilities/:facilityId/today',
  permission: 'appointment.desk',
  summary: 'Whom the unit helped to install the app today: counts, and the last ones',
  params: z.object({ facilityId: Id }),
  reply: z.object({ count: z.number().int(), quarterCount: z.number().int(), items: z.array(HelpGiven) }),
})

export const giveHelp = defineRoute({
  id: 'news.giveHelp',
  method: 'POST',
  path: '/api/outreach/helps',
  permission: 'appointment.desk',
  idempotent: true,
  offline: true,
  summary: 'Somebody of 16 or older was shown how to install and use the app',
  body: z.object({ id: Id, facilityId: Id, ageGroup: AgeGroup, sex: HelpSex, patientId: Id.optional() }),
  reply: HelpGiven,
})

export const takeHelpBack = defineRoute({
  id: 'news.takeHelpBack',
  method: 'DELETE',
  path: '/api/outreach/helps/:id',
  permission: 'appointment.desk',
  idempotent: true,
  summary: 'Undo one’s own entry of the same day',
  params: ById,
  reply: Done,
})

export const outreachRoutes = { helpToday, giveHelp, takeHelpBack }
