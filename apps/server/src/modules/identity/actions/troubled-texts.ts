import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { putTextsAside, requeueTexts, troubledTexts, type SeenText } from '../store/troubled-texts.ts'
import { enqueueSms } from './queue-sms.ts'

/** Texts queued anew by one call for all of them; the screen calls again while some are left. */
const mostAtOnce = 200

/** Texts that did not reach a phone, for whoever looks after the installation: neither the number nor the words. */
export async function listTroubledTexts(work: Work, page: { after?: string | undefined; limit: number }) {
  const { rows, next } = await troubledTexts(work, page)
  const items = rows.map((row) => ({
    id: row.id,
    phoneEnd: row.phone_end,
    purpose: row.purpose,
    state: row.state,
    tries: row.tries,
    errorCode: row.error_code,
    round: row.round,
    createdAt: row.created_at.toISOString(),
    triedAt: row.tried_at?.toISOString() ?? null,
    validUntil: row.valid_until.toISOString(),
    sendable: row.sendable,
  }))
  return { items, next }
}

/** Sends texts again; of two who decide about the same text at once the second is told. */
export async function retryTexts(work: Work, items: readonly SeenText[] | null) {
  const ids = await requeueTexts(work, items, items?.length ?? mostAtOnce)
  for (const id of ids) {
    await enqueueSms(work, id)
    work.audit({ action: 'identity.retryTexts', subject: 'text', subjectId: id })
  }
  return outcome(ids, items, ids.length === mostAtOnce)
}

/** Puts texts aside with a word. */
export async function giveUpTexts(work: Work, items: readonly SeenText[] | null, word: string) {
  const ids = await putTextsAside(work, items, word)
  if (items) for (const id of ids) work.audit({ action: 'identity.giveUpTexts', subject: 'text', subjectId: id })
  else if (ids.length > 0)
    work.audit({ action: 'identity.giveUpTexts', subject: 'text', detail: { count: ids.length } })
  return outcome(ids, items, false)
}

function outcome(ids: readonly string[], items: readonly SeenText[] | null, more: boolean) {
  if (items && ids.length === 0) throw platformErrors.CHANGED_MEANWHILE()
  return { done: ids.length, changed: items ? items.length - ids.length : 0, more }
}
