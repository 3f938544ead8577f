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

export interface SigningKeyTable {
  id: string
  person_id: string
  key_id: string
  sealed_key: Uint8Array
  sealed: Uint8Array | null
  certificate: Uint8Array
  chain: Uint8Array[]
  holder: string
  issuer: string
  valid_from: Date
  valid_until: Date
  is_trial: boolean
  added_at: Date
  removed_at: Date | null
}

interface UnlockingTable {
  token_hash: Uint8Array
  person_id: string
  signing_key_id: string
  sealed: Uint8Array
  until: Date
}

interface DocumentTable {
  id: string
  subject_kind: string
  subject_id: string
  patient_id: string | null
  document_digest: string
  made_at: Date
  locked_at: Date | null
}

interface RevisionTable {
  document_id: string
  number: number
  bytes: Uint8Array
  request_id: string | null
  made_at: Date
}

interface TrialAuthorityTable {
  id: string
  only_one: Generated<boolean>
  certificate: Uint8Array
  key_id: string
  sealed_key: Uint8Array
  sealed: Uint8Array
  made_at: Date
}

interface RevocationListTable {
  url: string
  bytes: Uint8Array
  fetched_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'signatures.request': SigningRequestTable
    'signatures.signing_key': SigningKeyTable
    'signatures.unlocking': UnlockingTable
    'signatures.document': DocumentTable
    'signatures.revision': RevisionTable
    'signatures.trial_authority': TrialAuthorityTable
    'signatures.revocation_list': RevocationListTable
  }
}
