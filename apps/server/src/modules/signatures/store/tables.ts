import type { Generated } from 'kysely'

export type SigningState = 'prepared' | 'signed' | 'completed' | 'declined' | 'void'

export interface SigningRequestTable {
  id: string
  subject_kind: string
  subject_id: string
  patient_id: string | null
  signer_id: string
  role: string
  document_digest: string
  statement: unknown
  digest: string
  title: string
  state: Generated<SigningState>
  prepared_at: Date
  asked_at: Date | null
  method: string | null
  proof: unknown
  signed_at: Date | null
  /** Put under its document. */
  completed_at: Date | null
  /** Came to nothing. */
  ended_at: Date | null
  reason: string | null
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'signatures.request': SigningRequestTable
  }
}
