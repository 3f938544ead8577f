import type { Config } from '../../../platform/config/config.ts'
import type { Work } from '../../../platform/db/work.ts'
import { staffActorOf } from '../../identity/index.ts'
import { lostAccessSince } from '../../records/index.ts'
import type { MadeSignature } from '../../signatures/index.ts'
import { consultsErrors } from '../errors.ts'
import type { ConsultRow } from '../store/tables.ts'
import { seesCase } from './part-in-case.ts'

const refusals = ['SIGNER_ACCOUNT_CLOSED', 'SIGNER_RIGHT_ENDED', 'SIGNER_CARE_ENDED'] as const
type SignerRefusal = (typeof refusals)[number]

/**
 * Why a signature has no force though its text stands: minutes to hours may lie between the wish to sign and the answer
 * of the service, and the signer is asked about again as when they wished to. Undefined where nothing changed.
 */
export async function refusalOfSigner(
  system: Work,
  row: ConsultRow,
  { signerId, preparedAt }: MadeSignature,
  config: Config,
): Promise<SignerRefusal | undefined> {
  const signer = await staffActorOf(system, config, signerId)
  if (!signer) return 'SIGNER_ACCOUNT_CLOSED'
  if (!(await seesCase(system.as(signer), row.id))) return 'SIGNER_RIGHT_ENDED'
  const lost = await lostAccessSince(system, { actor: signer, patientId: row.patient_id, since: preparedAt })
  return lost ? 'SIGNER_CARE_ENDED' : undefined
}

/** Is this reason of a void request about the signer, not about the text? */
export const isSignerRefusal = (reason: string | null): reason is SignerRefusal =>
  refusals.some((refusal) => refusal === reason)

/** The same, for the signer who waits for an answer. */
export function refuseSigner(reason: SignerRefusal): never {
  switch (reason) {
    case 'SIGNER_ACCOUNT_CLOSED':
      throw consultsErrors.SIGNER_ACCOUNT_CLOSED()
    case 'SIGNER_RIGHT_ENDED':
      throw consultsErrors.SIGNER_RIGHT_ENDED()
    case 'SIGNER_CARE_ENDED':
      throw consultsErrors.SIGNER_CARE_ENDED()
  }
}
