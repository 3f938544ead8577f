import type { TimelineEntry } from '@moinha/contracts/records'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { trendCodes } from '@moinha/contracts/vital-signs'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { documentLinesOf } from '../store/documents.ts'
import { encounterLines } from '../store/encounters.ts'
import { patientOr404 } from '../store/patients.ts'
import { factChanges, measurementSets, readingsOf, timelineKeys, type TimelineKey } from '../store/timeline.ts'

/** Everything of a patient along one line, a page at a time. */
export async function patientTimeline(
  work: Work,
  patientId: string,
  { after, limit }: HandlerInput<typeof contract.patientTimeline>['query'],
): Promise<HandlerReply<typeof contract.patientTimeline>> {
  await patientOr404(work.tx, patientId)
  const keys = await timelineKeys(work.tx, { patientId, after: readInstantCursor(after, '_'), limit: limit + 1 })
  const page = keys.slice(0, limit)
  work.audit({ action: 'records.patientTimeline', subject: 'patient', subjectId: patientId, patientId })
  const last = page.at(-1)
  return { items: await entriesOf(work, page), next: keys.length > limit && last ? `${last.at}_${last.id}` : null }
}

/** The entries of a page: each kind is read once, however many there are. */
async function entriesOf({ tx }: Work, keys: readonly TimelineKey[]): Promise<TimelineEntry[]> {
  const idsOf = (kind: TimelineKey['kind']) => keys.filter((key) => key.kind === kind).map((key) => key.id)
  const setIds = keys.flatMap((key) => key.encounter_id ?? [])
  const [encounters, documents, sets, facts] = await Promise.all([
    encounterLines(tx, { ids: idsOf('encounter') }),
    documentLinesOf(tx, idsOf('document')),
    measurementSets(tx, setIds),
    factChanges(tx, idsOf('fact')),
  ])
  const encounterOf = new Map(encounters.map(({ line }) => [line.id, line]))
  const documentOf = new Map(documents.map((line) => [line.id, line]))
  return keys.flatMap((key): TimelineEntry[] => {
    const [id, at] = [key.id, new Date(key.at).toISOString()]
    const [encounter, document] = [encounterOf.get(id), documentOf.get(id)]
    const change = facts.get(`${id} ${key.no}`)
    if (key.kind === 'encounter') return encounter ? [{ kind: key.kind, id, at, encounter }] : []
    if (key.kind === 'document') return document ? [{ kind: key.kind, id, at, document }] : []
    if (key.kind === 'fact')
      return change ? [{ kind: key.kind, id, at, fact: { ...change, authorName: change.author_name } }] : []
    const encounterId = key.encounter_id ?? id
    return [{ kind: key.kind, id, at, encounterId, values: sets.get(encounterId) ?? [] }]
  })
}

/** Points of one line; a year of weekly readings fits. */
const mostReadings = 60

/** What is followed over time. */
export async function patientReadings(
  work: Work,
  patientId: string,
): Promise<HandlerReply<typeof contract.patientReadings>> {
  await patientOr404(work.tx, patientId)
  work.audit({ action: 'records.patientReadings', subject: 'patient', subjectId: patientId, patientId })
  return { items: await readingsOf(work.tx, { patientId, codes: trendCodes, limit: mostReadings }) }
}
