import { addDays, instantOf, localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf } from '../facilities/index.ts'
import { holdersOfAccounts, staffAt } from '../identity/index.ts'
import { demoMessages, type DemoMessage } from './data/demo-messages.ts'
import { shownSpan } from './domain/shown-span.ts'
import { helpGiven, newsPublished } from './events.ts'
import type { HelpGivenTable } from './store/tables.ts'

const helpDaysBack = 42
const ageGroups = ['16-29', '30-44', '45-59', '60+'] as const

/** Messages marked as demo, some readers, and whom stations helped in the last weeks. */
export async function seedDemo(platform: Platform): Promise<void> {
  await seedOnce(platform, 'news.demo', async (work) => {
    for (const message of demoMessages) await loadMessage(work, message)
    for (const key of ['kt-tyt-po-y', 'kt-tyt-dak-mon', 'kt-tyt-sa-nghia', 'bd-tyt-hoai-hai'])
      await loadHelps(work, key)
  })
}

/** A number that depends on its label only. */
function draw(label: string, below: number): number {
  return Number.parseInt(stableId(`news demo ${label}`).slice(0, 8), 16) % below
}

async function loadMessage(work: Work, message: DemoMessage): Promise<void> {
  const id = stableId(`news demo ${message.key}`)
  const at = instantOf(addDays(localDateOf(work.now), -message.daysAgo), '08:30')
  const [senderId, areaId] = [facilityIdOf(message.senderKey), facilityIdOf(message.areaKey)]
  const authorId = (await staffAt(work.tx, [senderId]))[0]?.personId ?? null
  await insertMessage(work, message, { id, senderId, areaId, authorId, at })
  await loadReaders(work, { id, areaId, at })
  if (authorId) await work.emit(newsPublished, { newsId: id, facilityId: senderId, areaId, publisherId: authorId, at })
}

interface Sent {
  id: string
  senderId: string
  areaId: string
  authorId: string | null
  at: Date
}

async function insertMessage({ tx }: Work, message: DemoMessage, sent: Sent): Promise<void> {
  const { id, senderId, areaId, authorId, at } = sent
  const untilDay = message.showsDays === null ? null : addDays(localDateOf(at), message.showsDays)
  await tx
    .insertInto('news.message')
    .values({
      id,
      sender_id: senderId,
      area_id: areaId,
      status: 'published',
      is_demo: true,
      shown_from: at,
      shown_until: shownSpan({ fromDay: null, untilDay }, at).until,
      created_by: authorId,
      created_at: at,
      changed_at: at,
      published_by: authorId,
      published_at: at,
      withdrawn_by: null,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .execute()
  await tx
    .insertInto('news.message_version')
    .values({
      message_id: id,
      no: 1,
      title_vi: message.titleVi,
      body_vi: message.bodyVi,
      title_en: message.titleEn,
      body_en: message.bodyEn,
      priority: message.priority,
      from_day: null,
      until_day: untilDay,
      reason: null,
      author_id: authorId,
      at,
    })
    .execute()
}

/** A third of the people of the demo have read it; the cast reads for itself. */
async function loadReaders({ tx }: Work, { id, areaId, at }: { id: string; areaId: string; at: Date }): Promise<void> {
  const people = await tx
    .selectFrom('records.patient_card as p')
    .innerJoin('facilities.current_path as home', 'home.facility_id', 'p.home_facility_id')
    .innerJoin('facilities.current_path as area', (join) => join.on('area.facility_id', '=', areaId))
    .whereRef('home.path', '<@', 'area.path')
    .select('p.id')
    .execute()
  const holders = await holdersOfAccounts(
    tx,
    people.map((person) => person.id),
  )
  const readers = people.filter((person) => !holders.has(person.id) && draw(`${id} ${person.id}`, 3) === 0)
  if (readers.length > 0)
    await tx
      .insertInto('news.read_mark')
      .values(readers.map((person) => ({ message_id: id, person_id: person.id, version: 1, first_at: at, at })))
      .execute()
}

async function loadHelps(work: Work, key: string): Promise<void> {
  const facilityId = facilityIdOf(key)
  const helpers = await staffAt(work.tx, [facilityId])
  const rows: HelpGivenTable[] = []
  for (let back = 1; back <= helpDaysBack; back += 1) {
    const day = addDays(localDateOf(work.now), -back)
    for (let turn = draw(`${key} ${back}`, 3); turn > 0; turn -= 1) {
      const helper = helpers[draw(`${key} ${back} ${turn} helper`, Math.max(helpers.length, 1))]
      if (helper) rows.push(helpOf(`${key} ${day} ${turn}`, { facilityId, helperId: helper.personId, day }))
    }
  }
  if (rows.length > 0) await work.tx.insertInto('news.help_given').values(rows).execute()
  for (const row of rows)
    await work.emit(helpGiven, { helpId: row.id, facilityId, helperId: row.helper_id, patientId: null, at: row.at })
}

function helpOf(
  label: string,
  { facilityId, helperId, day }: { facilityId: string; helperId: string; day: string },
): HelpGivenTable {
  return {
    id: stableId(`news demo help ${label}`),
    facility_id: facilityId,
    helper_id: helperId,
    at: instantOf(day, `${String(7 + draw(`${label} hour`, 9)).padStart(2, '0')}:20`),
    age_group: ageGroups[draw(`${label} age`, ageGroups.length)] ?? '30-44',
    sex: draw(`${label} sex`, 2) === 0 ? 'female' : 'male',
    patient_id: null,
    taken_back_at: null,
  }
}
