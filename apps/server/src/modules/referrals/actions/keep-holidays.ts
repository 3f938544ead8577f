import type * as contract from '@moinha/contracts/referrals'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { referralsErrors } from '../errors.ts'
import { holidaysOf } from '../store/calendar.ts'

type Reply = HandlerReply<typeof contract.listHolidays>

export async function listHolidays({ tx }: Work, year: number): Promise<Reply> {
  return { items: await holidaysOf(tx, year) }
}

/** Slips issued before keep the day they were given: it stands printed on them. */
export async function setHoliday(
  work: Work,
  day: string,
  { off, name, source }: HandlerInput<typeof contract.setHoliday>['body'],
): Promise<Reply> {
  if (off && (!name || !source)) throw referralsErrors.HOLIDAY_NAME_MISSING()
  if (off) {
    const kept = { name, source, changed_by: work.actor.personId, changed_at: work.now }
    await work.tx
      .insertInto('referrals.holiday')
      .values({ day, ...kept })
      .onConflict((conflict) =>
        conflict
          .column('day')
          .doUpdateSet(kept)
          .where(sql<boolean>`(holiday.name, holiday.source) is distinct from (${name}, ${source})`),
      )
      .execute()
  } else await work.tx.deleteFrom('referrals.holiday').where('day', '=', day).execute()
  work.audit({ action: 'referrals.setHoliday', subject: 'holiday', detail: { day, off } })
  return listHolidays(work, Number(day.slice(0, 4)))
}
