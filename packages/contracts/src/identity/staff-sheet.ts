import { z } from 'zod'
import { ById, Id, Instant, Opaque, Page, pageQuery } from '../common.ts'
import { xlsxType } from '../facilities/index.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Upload } from '../upload.ts'

/** Most people a sheet may bring at once: a hospital's department; more go in several sheets. */
export const staffSheetRows = 300

const StaffRow = z.object({
  row: z.number().int(),
  fullName: z.string(),
  phone: z.string(),
  username: z.string(),
  facilityName: z.string(),
  qualification: z.string(),
  roles: z.array(z.string()),
  /** `known`: works here already, nothing is done. */
  verdict: z.enum(['new', 'known', 'wrong']),
  errors: z.array(z.object({ column: z.string(), code: z.string() })),
  /** Known, yet the sheet names roles not held: they are given on the staff page. */
  rolesDiffer: z.boolean(),
  /** Known here as something else: a code; set right on the staff page. */
  heldQualification: z.string().nullable(),
})

/** One person's slip; the code is shown this once. */
export const Slip = z.object({
  personId: Id,
  fullName: z.string(),
  username: z.string(),
  facilityName: z.string(),
  code: z.string(),
  expiresAt: Instant,
})

const StaffSheetReport = z.object({
  rows: z.array(StaffRow),
  counts: z.object({ new: z.number().int(), known: z.number().int(), wrong: z.number().int() }),
  /** Of exactly these rows against what is stored now; sent back to confirm. */
  digest: z.string(),
})

const sheet = {
  method: 'POST' as const,
  permission: 'staff.manage' as const,
  once: onceBecause.byHand,
  params: ById,
  body: Upload,
  consumes: ['text/csv', xlsxType, 'application/octet-stream'],
  bodyLimit: 2_097_152,
  limitPerMinute: 30,
}

export const staffSheetTemplate = defineRoute({
  id: 'identity.staffSheetTemplate',
  method: 'GET',
  path: '/api/identity/staff-sheet/:id/template',
  permission: 'staff.manage',
  summary: 'An empty staff sheet of a unit to fill in, with the words its columns may hold',
  params: ById,
  reply: z.unknown(),
  produces: [xlsxType],
})

export const checkStaffSheet = defineRoute({
  ...sheet,
  id: 'identity.checkStaffSheet',
  path: '/api/identity/staff-sheet/:id/check',
  summary: 'Read a staff sheet for a unit: a verdict for each row; writes nothing',
  reply: StaffSheetReport,
})

export const applyStaffSheet = defineRoute({
  ...sheet,
  id: 'identity.applyStaffSheet',
  path: '/api/identity/staff-sheet/:id/apply',
  summary: 'Write the sheet that was shown, all of it or nothing; answers a one-time slip for each new person',
  query: z.object({ digest: Opaque(100) }),
  reply: z.object({ report: StaffSheetReport, slips: z.array(Slip) }),
})

export const listAwaitedStaff = defineRoute({
  id: 'identity.listAwaitedStaff',
  method: 'GET',
  path: '/api/identity/staff-awaited',
  permission: 'staff.manage',
  summary: 'Staff of a unit and those beneath who have not set a password of their own yet, by name',
  query: z.object({ facilityId: Id, ...pageQuery }),
  reply: Page(
    z.object({
      personId: Id,
      fullName: z.string(),
      username: z.string(),
      facilityName: z.string(),
      /** Until when the present slip holds; null without one. */
      slipUntil: Instant.nullable(),
    }),
  ),
})

export const printSlips = defineRoute({
  id: 'identity.printSlips',
  method: 'POST',
  path: '/api/identity/staff-slips',
  permission: 'staff.manage',
  once: onceBecause.secret,
  limitPerMinute: 30,
  summary: 'New slips for staff who have not entered yet; each makes the one before worthless',
  body: z.object({ facilityId: Id, personIds: z.array(Id).min(1).max(100) }),
  reply: z.object({
    slips: z.array(Slip),
    /** Who entered meanwhile and needs none. */
    entered: z.array(z.object({ personId: Id, fullName: z.string() })),
  }),
})

export const staffSheetRoutes = { staffSheetTemplate, checkStaffSheet, applyStaffSheet, listAwaitedStaff, printSlips }
