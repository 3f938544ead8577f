import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

interface SealedCode {
  personId: string
  codeHash: string
}

/** Keeps a guardian's code; the one before it is dead. */
export async function keepGuardianCode(tx: Tx, { personId, codeHash }: SealedCode, expiresAt: Date): Promise<void> {
  const row = { code_hash: codeHash, expires_at: expiresAt }
  await tx
    .insertInto('identity.guardian_code')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

/** Spends a guardian's code, in the transaction of what it is spent on: refused, the code can be typed again. */
export async function spendGuardianCode(tx: Tx, { personId, codeHash }: SealedCode, now: Date): Promise<boolean> {
  const spent = await tx
    .deleteFrom('identity.guardian_code')
    .where('person_id', '=', personId)
    .where('code_hash', '=', codeHash)
    .where('expires_at', '>', now)
    .returning('person_id')
    .executeTakeFirst()
  return spent !== undefined
}

/** Whose account this phone signs in to, if it may sign in. */
export async function citizenOfPhone(tx: Tx, phone: string): Promise<string | undefined> {
  const account = await tx
    .selectFrom('identity.account_user')
    .where('phone', '=', phone)
    .where('kind', '=', 'citizen')
    .where('disabled_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return account?.id
}
