import type { Work } from '../../../platform/db/work.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { managedStaff } from './managed-unit.ts'

/** A new temporary password, shown once; everything signed in with the old one ends. */
export async function resetPassword(work: Work, parts: IdentityParts, personId: string, alsoTotp: boolean) {
  if (personId === work.actor.personId) throw identityErrors.NOT_ON_YOURSELF()
  await managedStaff(work, personId)
  const { tx, now } = work
  const password = temporaryPassword()
  const { password: hasher } = await parts.auth.$context
  await tx.updateTable('identity.account_credential').set({ password: await hasher.hash(password), updated_at: now })
    .where('user_id', '=', personId).where('provider_id', '=', 'credential').execute()
  await tx.updateTable('identity.account_user').set({ must_change_password: true, last_sign_in_at: now, ...(alsoTotp && { totp_enabled: false }) }).where('id', '=', personId).execute()
  if (alsoTotp) await tx.deleteFrom('identity.account_totp').where('user_id', '=', personId).execute()
  await endAllSessions(work, personId)
  work.audit({ action: 'identity.resetPassword', subject: 'account', subjectId: personId, detail: { alsoTotp } })
  return { temporaryPassword: password }
}

/** Closes a staff account, or opens it again. */
export async function setDisabled(work: Work, personId: string, disabled: boolean) {
  if (personId === work.actor.personId) throw identityErrors.NOT_ON_YOURSELF()
  await managedStaff(work, personId)
  const set = disabled ? { disabled_at: work.now } : { disabled_at: null, last_sign_in_at: work.now }
  await work.tx.updateTable('identity.account_user').set(set).where('id', '=', personId).execute()
  if (disabled) await endAllSessions(work, personId)
  work.audit({ action: 'identity.setDisabled', subject: 'account', subjectId: personId, detail: { disabled } })
  return { done: true as const }
}

async function endAllSessions(work: Work, personId: string): Promise<void> {
  await work.tx.deleteFrom('identity.account_session').where('user_id', '=', personId).execute()
}
