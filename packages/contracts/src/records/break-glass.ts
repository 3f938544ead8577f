import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { Id, Instant, Items, Line, LocalDate, Opaque, Text } from '../common.ts'
import { IdentifierTyped, Shown } from './lines.ts'

export const breakGlassFind = defineRoute({
  id: 'records.breakGlassFind',
  method: 'POST',
  path: '/api/patients/emergency-search',
  permission: 'record.break-glass',
  idempotent: true,
  limitPerMinute: 10,
  summary: 'Find somebody’s record in an emergency: a whole number, or the full name and birth date',
  body: z.union([z.object({ identifier: IdentifierTyped }), z.object({ fullName: Line(120), birthDate: LocalDate })]),
  /** `handle` holds for a few minutes, for the asker alone. */
  reply: Items(z.object({ handle: z.string(), ...Shown })),
})

export const breakGlass = defineRoute({
  id: 'records.breakGlass',
  method: 'POST',
  path: '/api/patients/break-glass',
  permission: 'record.break-glass',
  idempotent: true,
  limitPerMinute: 10,
  summary:
    'Open the record of somebody just found for 24 hours in an emergency; the patient and the home unit see it; may be sent twice',
  body: z.object({ handle: Opaque(64).min(1), reason: Text(500), confirm: z.literal(true) }),
  reply: z.object({ patientId: Id, until: Instant }),
})

export const breakGlassRoutes = { breakGlassFind, breakGlass }
