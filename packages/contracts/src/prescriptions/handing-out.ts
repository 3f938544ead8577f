import { z } from 'zod'
import { ById, Done, Id, Instant, Items, Line } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { PatientId } from '../records/lines.ts'
import { Given, GivenTyped, Meal, Moment, RxKind, RxState } from './fields.ts'

export const dispense = defineRoute({
  id: 'prescriptions.dispense',
  method: 'POST',
  path: '/api/prescriptions/:id/dispensings',
  permission: 'prescription.dispense',
  idempotent: true,
  summary: 'The station hands out its own medicines, also while the national system is away; may be sent twice',
  params: ById,
  body: z.object({ id: Id, items: z.array(GivenTyped).min(1).max(20) }),
  reply: z.object({ given: z.array(Given) }),
})

const ToSend = z.object({
  id: Id,
  code: z.string(),
  encounterId: Id,
  patientName: z.string(),
  prescriberName: z.string(),
  writtenAt: Instant,
  state: RxState,
  /** Taken back after it was acknowledged: to be settled with the national system. */
  withdrawn: z.boolean(),
  attempts: z.number().int(),
  nextTryAt: Instant.nullable(),
  failure: z.string().nullable(),
  errors: z.array(z.string()),
})

export const listUnsent = defineRoute({
  id: 'prescriptions.listUnsent',
  method: 'GET',
  path: '/api/prescription-outbox',
  permission: 'prescription.dispense',
  summary:
    'Prescriptions of one’s units that the national system did not acknowledge: waiting or refused, and why, or taken back after it did',
  reply: Items(ToSend).extend({ more: z.boolean() }),
})

export const sendAgain = defineRoute({
  id: 'prescriptions.sendAgain',
  method: 'POST',
  path: '/api/prescriptions/:id/send',
  permission: 'prescription.dispense',
  idempotent: true,
  summary: 'Try the national system again now',
  params: ById,
  reply: Done,
})

/** What a citizen or a pharmacist needs of a medicine. */
const PlainLine = z.object({
  no: z.number().int(),
  name: z.string(),
  strength: z.string(),
  form: z.string(),
  route: z.string(),
  dose: z.string(),
  doseUnit: z.string(),
  moments: z.array(Moment),
  meal: Meal,
  days: z.number().int(),
  quantity: z.string(),
  unit: z.string(),
  given: z.string(),
  note: z.string(),
})

export const ownPrescriptions = defineRoute({
  id: 'prescriptions.own',
  method: 'GET',
  path: '/api/record/:patientId/prescriptions',
  permission: 'record.own',
  summary: 'Prescriptions of my record or a family member’s, newest first; replaced ones are left out',
  params: PatientId,
  reply: z.object({
    fullName: z.string(),
    items: z.array(
      z.object({
        id: Id,
        code: z.string(),
        issued: z.boolean(),
        facilityName: z.string(),
        prescriberName: z.string(),
        writtenAt: Instant,
        collectUntil: z.string(),
        diagnoses: z.array(z.string()),
        lines: z.array(PlainLine),
        advice: z.string(),
        followUpDays: z.number().int().nullable(),
      }),
    ),
  }),
})

/** The code alone opens nothing: who holds the paper also knows the patient’s year of birth. */
const Proof = z.object({ code: Line(20), birthYear: z.number().int().min(1900).max(2200) })

export const openAtPharmacy = defineRoute({
  id: 'prescriptions.openAtPharmacy',
  method: 'POST',
  path: '/api/pharmacy/prescription',
  permission: 'public',
  once: onceBecause.counted,
  limitPerMinute: 20,
  summary: 'A prescription by its code and the patient’s year of birth: its medicines and nothing else',
  body: Proof,
  reply: z.object({
    code: z.string(),
    kind: RxKind,
    facilityName: z.string(),
    prescriberName: z.string(),
    writtenAt: Instant,
    collectUntil: z.string(),
    /** Past its days, replaced, or not acknowledged: shown, not handed out. */
    open: z.enum(['open', 'expired', 'replaced', 'withdrawn', 'not_issued']),
    lines: z.array(PlainLine),
  }),
})

export const dispenseAtPharmacy = defineRoute({
  id: 'prescriptions.dispenseAtPharmacy',
  method: 'POST',
  path: '/api/pharmacy/dispensings',
  permission: 'public',
  once: onceBecause.counted,
  limitPerMinute: 20,
  summary: 'A pharmacy writes back what it handed out, never more than was prescribed; the same id twice is once',
  body: Proof.extend({ id: Id, pharmacy: Line(160), items: z.array(GivenTyped).min(1).max(20) }),
  reply: z.object({ given: z.array(Given) }),
})

export const handingOutRoutes = {
  dispense,
  listUnsent,
  sendAgain,
  ownPrescriptions,
  openAtPharmacy,
  dispenseAtPharmacy,
}
