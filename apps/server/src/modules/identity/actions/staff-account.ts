import type { Work } from '../../../platform/db/work.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { writeDisabled, writePassword } from '../store/owner-functions.ts'
import { personCards } from '../store/people.ts'
import { managedStaff } from './managed-unit.ts'
import { queueSms } from './queue-sms.ts'

const tellingHours = 24

/**
 * A new temporary password, shown once; everything signed in with the old one ends. The person is told by text, the
 * other heads of the unit by a notice, and roles wait until somebody else vouches: who resets a password
 * cannot work under it.
 */
export async function resetPassword(work: Work, parts: IdentityParts, personId: string, alsoTotp: boolean) {
  if (personId === work.actor.personId) throw identityErrors.NOT_ON_YOURSELF()
  await managedStaff(work, personId)
  const password = temporaryPassword()
  const { password: hasher } = await parts.auth.$context
  await writePassword(work, personId, await hasher.hash(password), alsoTotp)
  await tellPerson(work, personId, alsoTotp)
  return { temporaryPassword: password }
}

async function tellPerson(work: Work, personId: string, alsoTotp: boolean): Promise<void> {
  const [person] = await personCards(work.tx, [personId])
  if (!person?.phone) return
  const done = alsoTotp ? 'Mật khẩu và mã xác thực hai bước' : 'Mật khẩu'
  await queueSms(work, {
    to: person.phone,
    purpose: 'account',
    validUntil: new Date(work.now.getTime() + tellingHours * 3_600_000),
    text: `Mọi Nhà: ${done} tài khoản nhân viên của bạn vừa được quản trị đặt lại. Nếu bạn không yêu cầu, hãy báo ngay lãnh đạo đơn vị.`,
  })
}

/** Closes a staff account, or opens it again. */
export async function setDisabled(work: Work, personId: string, disabled: boolean) {
  if (personId === work.actor.personId) throw identityErrors.NOT_ON_YOURSELF()
  await managedStaff(work, personId)
  await writeDisabled(work, personId, disabled)
  return { done: true as const }
}
