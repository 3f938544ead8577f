import { TransferReason, Transport } from '@moinha/contracts/referrals'
import { z } from 'zod'

const patient = z.looseObject({
  fullName: z.string(),
  sex: z.enum(['male', 'female', 'unknown']),
  birthDate: z.string().nullable(),
  ethnicity: z.string().nullable(),
  occupation: z.string().nullable(),
  address: z.string().nullable(),
  insuranceCard: z.string().nullable(),
  citizenId: z.string().nullable(),
})
const common = {
  number: z.string(),
  facility: z.string(),
  patient,
  diagnoses: z.array(z.object({ code: z.string(), display: z.string() })),
  issuer: z.object({ name: z.string(), licenceNo: z.string().nullable() }),
  validUntil: z.string(),
}

/** What a filed transfer slip says. Fields: domain notes on forms, §5 (Circular 01/2025/TT-BYT, Annex VI). */
export const TransferContent = z.looseObject({
  ...common,
  to: z.string(),
  from: z.string(),
  until: z.string(),
  signs: z.string(),
  course: z.string(),
  results: z.string(),
  treatment: z.string(),
  condition: z.string(),
  reason: TransferReason,
  plan: z.string(),
  transport: Transport,
  escort: z.string(),
})
export type TransferContent = z.infer<typeof TransferContent>

/** What a filed slip to come again says (Circular 01/2025/TT-BYT, Annex V). */
export const RevisitContent = z.looseObject({
  ...common,
  treatedOn: z.string(),
  revisitOn: z.string(),
  advice: z.string(),
})
export type RevisitContent = z.infer<typeof RevisitContent>
