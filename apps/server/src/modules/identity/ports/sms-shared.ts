import { sql } from 'kysely'
import type { Platform } from '../../../platform/module.ts'
import { liveChannel } from '../../../platform/realtime/publish.ts'
import type { FakeSms } from './sms-fake.ts'
import type { ReceivedSms } from './sms.ts'

const name = 'demo.sms'

/**
 * The demo's text messages show at every process, whichever sent them; they go from one to the next and are kept
 * nowhere.
 */
export function shareFakeSms(fake: FakeSms, { db, processes, log }: Platform): void {
  fake.onReceived((message) => {
    const news = JSON.stringify({ topic: name, name, payload: message })
    sql`select pg_notify(${liveChannel}, ${news})`
      .execute(db)
      .catch((error: unknown) => log.warn({ err: error }, 'a text message of the demo shows at one process only'))
  })
  processes.onNotification((text) => {
    const news = JSON.parse(text) as { name: string; payload: ReceivedSms }
    if (news.name === name) fake.add(news.payload)
  })
}
