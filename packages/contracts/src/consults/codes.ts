import { z } from 'zod'
import { Id } from '../common.ts'

export const Urgency = z.enum(['urgent', 'scheduled'])
export type Urgency = z.infer<typeof Urgency>

/** Source: domain notes on forms, §1 and house §4. */
export const ConsultStatus = z.enum([
  'draft',
  'submitted',
  'unanswered',
  'accepted',
  'returned',
  'scheduled',
  'in_session',
  'minutes',
  'signed',
  'outcome',
  'closed',
  'cancelled',
])
export type ConsultStatus = z.infer<typeof ConsultStatus>

/** Why somebody is rung. */
export const RingReason = z.enum(['ON_DUTY_ONLINE', 'ON_DUTY_BUSY', 'ON_DUTY_OFFLINE', 'BACKUP', 'DUTY_LEAD'])
export type RingReason = z.infer<typeof RingReason>

export const RingResult = z.enum(['ringing', 'answered', 'silent', 'declined', 'stopped'])

export const Named = z.object({ id: Id, name: z.string() })

export const InformedHow = z.enum(['in_person', 'by_video', 'by_phone', 'written'])

export const PatientOutcomeCode = z.enum(['improved', 'unchanged', 'worse', 'transferred', 'died', 'unknown'])
