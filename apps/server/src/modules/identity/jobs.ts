import { sql } from 'kysely'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { endFamilyLink } from './actions/end-family-link.ts'
import { sendSmsJob } from './actions/queue-sms.ts'
import { sendSms } from './actions/send-sms.ts'
import { identityParts } from './identity-parts.ts'
import { grownUp } from './store/family.ts'

const sweepJob = defineJob<Record<string, never>>('identity.sweep')

export function jobs(platform: Platform): void {
  const parts = identityParts(platform.db)
  platform.jobs.onOutside(sendSmsJob, ({ id }) => sendSms(parts, id))
  platform.jobs.on(sweepJob, async (work) => {
    const { tx } = work
    const { signInLogMonths } = await parts.rules()
    await sql`delete from identity.account_session where expires_at < now()`.execute(tx)
    await sql`delete from identity.account_verification where expires_at < now()`.execute(tx)
    await sql`delete from identity.throttle where window_started_at < now() - interval '1 day' and coalesce(blocked_until, now()) <= now()`.execute(tx)
    await sql`delete from identity.guardian_code where expires_at < now()`.execute(tx)
    for (const id of await grownUp(tx, localDateOf(work.now))) await endFamilyLink(work, id, 'grown up')
    await sql`delete from identity.sign_in_event where at < now() - make_interval(months => ${signInLogMonths})`.execute(tx)
  })
  platform.jobs.every('17 19 * * *', sweepJob)
}
