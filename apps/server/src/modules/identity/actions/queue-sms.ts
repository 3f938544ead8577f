import { randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'

/** Only the id: the text stays in the outbox and is emptied once it went. */
export const sendSmsJob = defineJob<{ id: string }>('identity.sendSms', {
  vi: 'Gửi tin nhắn',
  en: 'Send a text message',
})

/** Queued again, a text's job takes the place of the one that waits or gave up. */
export const enqueueSms = (work: Work, id: string): Promise<void> =>
  work.enqueue(sendSmsJob, { id }, { key: `sms:${id}` })

export interface OutgoingSms {
  /** E.164 */
  to: string
  text: string
  /** A code such as `otp`, for the outbox screen. */
  purpose: string
  /** Not worth sending after this. */
  validUntil: Date
}

/** Puts a text into the outbox; it leaves only if this transaction commits. */
export async function queueSms(work: Work, { to, text, purpose, validUntil }: OutgoingSms): Promise<void> {
  const id = randomUUID()
  await work.tx
    .insertInto('identity.sms_outbox')
    .values({
      id,
      to_phone: to,
      body: text,
      purpose,
      valid_until: validUntil,
      last_error: null,
      reference: null,
      sent_at: null,
    })
    .execute()
  await enqueueSms(work, id)
}
