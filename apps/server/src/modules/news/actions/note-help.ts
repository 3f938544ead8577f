import type * as contract from '@moinha/contracts/news'
import type { AgeGroup } from '@moinha/contracts/news'
import type { HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import { ageOn } from '../../../platform/clock/age.ts'
import { instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { personCards } from '../../identity/index.ts'
import { ageGroupOf } from '../domain/age-group.ts'
import { newsErrors } from '../errors.ts'
import { helpGiven, helpTakenBack } from '../events.ts'
import { mayHelpAt } from '../policy.ts'
import type { HelpGivenTable } from '../store/tables.ts'

export interface HelpInput {
  id: string
  facilityId: string
  ageGroup: AgeGroup
  sex: HelpGivenTable['sex']
  patientId?: string | undefined
}

const shownOfToday = 20

/** First instant of the quarter a Vietnamese day lies in. */
function quarterStart(day: string): Date {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return instantOf(`${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
}

/** Whom a unit helped today, with the way to undo one's own slips. */
export async function readHelpToday(work: Work, facilityId: string): Promise<HandlerReply<typeof contract.helpToday>> {
  if (!mayHelpAt(work.actor, facilityId)) throw platformErrors.NOT_FOUND()
  const day = localDateOf(work.now)
  const {
    rows: [counts],
  } = await sql<{
    today: number
    quarter: number
  }>`select count(*) filter (where at >= ${instantOf(day)})::int as today, count(*)::int as quarter
    from news.help_given where facility_id = ${facilityId} and taken_back_at is null
      and at >= ${quarterStart(day)}`.execute(work.tx)
  const rows = await work.tx
    .selectFrom('news.help_given')
    .selectAll()
    .where('facility_id', '=', facilityId)
    .where('taken_back_at', 'is', null)
    .where('at', '>=', instantOf(day))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(shownOfToday)
    .execute()
  return { count: counts?.today ?? 0, quarterCount: counts?.quarter ?? 0, items: await toItems(work, rows) }
}

async function toItems(work: Work, rows: readonly HelpGivenTable[]) {
  const names = new Map(
    (
      await personCards(
        work.tx,
        rows.map((row) => row.helper_id),
      )
    ).map((card) => [card.id, card.fullName]),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    ageGroup: row.age_group,
    sex: row.sex,
    helperName: names.get(row.helper_id) ?? '',
    mine: row.helper_id === work.actor.personId,
  }))
}

/** Keeps that somebody was shown how to install the app. Where the person is known, the birth date decides. */
export async function giveHelp(work: Work, input: HelpInput): Promise<HandlerReply<typeof contract.giveHelp>> {
  const { tx, actor, now } = work
  if (!actor.personId || !mayHelpAt(actor, input.facilityId)) throw platformErrors.NOT_FOUND()
  const known = input.patientId ? await knownPerson(work, input.patientId) : {}
  const row: HelpGivenTable = {
    id: input.id,
    facility_id: input.facilityId,
    helper_id: actor.personId,
    at: now,
    age_group: input.ageGroup,
    sex: input.sex,
    patient_id: input.patientId ?? null,
    taken_back_at: null,
    ...known,
  }
  const made = await tx
    .insertInto('news.help_given')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  const kept = await tx.selectFrom('news.help_given').selectAll().where('id', '=', input.id).executeTakeFirst()
  if (!kept || !same(kept, row)) throw platformErrors.ID_TAKEN()
  if (made.numInsertedOrUpdatedRows) await announce(work, row)
  const [item] = await toItems(work, [kept])
  if (!item) throw platformErrors.NOT_FOUND()
  return item
}

const told = ['facility_id', 'helper_id', 'age_group', 'sex', 'patient_id'] as const
const same = (kept: HelpGivenTable, row: HelpGivenTable): boolean =>
  told.every((column) => kept[column] === row[column])

async function announce(work: Work, row: HelpGivenTable): Promise<void> {
  work.audit({
    action: 'news.giveHelp',
    subject: 'help',
    subjectId: row.id,
    facilityId: row.facility_id,
    patientId: row.patient_id ?? undefined,
  })
  await work.emit(helpGiven, {
    helpId: row.id,
    facilityId: row.facility_id,
    helperId: row.helper_id,
    patientId: row.patient_id,
    at: row.at,
  })
}

async function knownPerson(
  { tx, now }: Work,
  patientId: string,
): Promise<Partial<Pick<HelpGivenTable, 'age_group' | 'sex'>>> {
  const patient = await tx
    .selectFrom('records.patient_card')
    .select([sql<string | null>`birth_date::text`.as('born'), 'sex'])
    .where('id', '=', patientId)
    .executeTakeFirst()
  if (!patient) throw platformErrors.NOT_FOUND()
  if (patient.born === null) return { sex: patient.sex }
  const ageGroup = ageGroupOf(ageOn(patient.born, localDateOf(now)))
  if (!ageGroup) throw newsErrors.HELP_UNDER_SIXTEEN()
  return { age_group: ageGroup, sex: patient.sex }
}

/** Undoes one's own slip of the same day; undone twice is undone. */
export async function takeHelpBack(work: Work, id: string): Promise<void> {
  const row = await work.tx.selectFrom('news.help_given').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw newsErrors.HELP_UNKNOWN()
  if (row.helper_id !== work.actor.personId) throw newsErrors.HELP_NOT_YOURS()
  if (row.taken_back_at) return
  if (row.at < instantOf(localDateOf(work.now))) throw newsErrors.HELP_OF_EARLIER_DAY()
  const done = await work.tx
    .updateTable('news.help_given')
    .set({ taken_back_at: work.now })
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  if (!done.numUpdatedRows) return
  work.audit({
    action: 'news.takeHelpBack',
    subject: 'help',
    subjectId: id,
    facilityId: row.facility_id,
    patientId: row.patient_id ?? undefined,
  })
  await work.emit(helpTakenBack, { helpId: id, facilityId: row.facility_id })
}
