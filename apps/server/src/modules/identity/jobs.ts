import { sql } from 'kysely'
import { systemActor } from '../../platform/access/actor.ts'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { endFamilyLink } from './actions/end-family-link.ts'
import { sendSmsJob } from './actions/queue-sms.ts'
import { emptyExpiredTexts, sendSms } from './actions/send-sms.ts'
import { knownDeviceDays } from './domain/throttle-rules.ts'
import { identityParts } from './identity-parts.ts'
import { shareFakeSms } from './ports/sms-shared.ts'
import { grownUp } from './store/family.ts'

const sweepJob = defineJob<Record<string, never>>('identity.sweep', {
  vi: 'Dọn phiên, mã đã hết hạn',
  en: 'Clear ended sessions and codes',
})

export function jobs(platform: Platform): void {
  const parts = identityParts(platform.db)
  if (platform.config.DEMO) void parts.fakeSms?.then((fake) => shareFakeSms(fake, platform))
  platform.jobs.onOutside(sendSmsJob, ({ id }) => sendSms(parts, id))
  platform.jobs.onOutside(sweepJob, async () => {
    const { db } = parts
    const { signInLogMonths } = await parts.rules()
    await emptyExpiredTexts(parts)
    await sql`delete from identity.account_session where expires_at < now()`.execute(db)
    await sql`delete from identity.device_pin where expires_at < now()`.execute(db)
    await sql`delete from identity.account_verification where expires_at < now()`.execute(db)
    await sql`delete from identity.one_time_code where expires_at < now()`.execute(db)
    await sql`delete from identity.known_device
      where last_seen_at < now() - make_interval(days => ${knownDeviceDays})`.execute(db)
    await sql`delete from identity.throttle where window_started_at < now() - interval '1 day'
      and coalesce(blocked_until, now()) <= now()`.execute(db)
    await platform.transact(
      systemActor,
      async (work) => {
        await sql`delete from identity.guardian_code where expires_at < now()`.execute(work.tx)
        for (const id of await grownUp(work.tx, localDateOf(work.now))) await endFamilyLink(work, id, 'grown up')
      },
      'identity.sweep',
    )
    await sql`delete from identity.sign_in_event
      where at < now() - make_interval(months => ${signInLogMonths})`.execute(db)
  })
  platform.jobs.every('17 19 * * *', sweepJob)
}
