import { createHash } from 'node:crypto'
import type * as contract from '@moinha/contracts/audit'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { personCards, serviceNames } from '../../identity/index.ts'
import { patientCards } from '../../records/index.ts'
import { entryRows, type EntryRow } from '../store/entry-rows.ts'

type Query = HandlerInput<typeof contract.listEntries>['query']
type Reply = HandlerReply<typeof contract.listEntries>

/** Patients named on one line of the screen; the count says how many more. */
const mostNamed = 5

/** Who did what at the units whose log the actor reads. What row-level security hides is not there for them. */
export async function listEntries(work: Work, query: Query): Promise<Reply> {
  const rows = await entryRows(work.tx, query)
  const page = rows.slice(0, query.limit)
  const names = await namesFor(work, page)
  const { after: _after, limit: _limit, ...filters } = query
  work.audit({
    action: 'audit.listEntries',
    subject: 'access_log',
    facilityId: query.facilityId,
    patientIds: [...names.patients.keys()],
    detail: { ...filters, count: page.length },
  })
  return {
    items: page.map((row) => viewOf(row, names)),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

interface Names {
  /** By kind and id: an id alone does not say whether it is a person's. */
  actors: ReadonlyMap<string, string>
  units: ReadonlyMap<string, string>
  /** Only of patients the reader may see. */
  patients: ReadonlyMap<string, string>
}

const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

const actorKey = (kind: string, id: string): string => `${kind}:${id}`

async function namesFor(work: Work, rows: readonly EntryRow[]): Promise<Names> {
  const staff = present(rows.map((row) => (row.actorKind === 'staff' ? row.actorId : null)))
  const people = await asSystem(work, systemActor, ({ tx }) => personCards(tx, staff))
  const programs = await serviceNames(
    work.tx,
    present(rows.map((row) => (row.actorKind === 'service' ? row.actorId : null))),
  )
  const units = await facilityCards(work.tx, present(rows.flatMap((row) => [row.facilityId, row.actorFacilityId])))
  const patients = await patientCards(
    work,
    rows.flatMap((row) => row.patientIds.slice(0, mostNamed)),
  )
  return {
    actors: new Map([
      ...people.map(({ id, fullName }) => [actorKey('staff', id), fullName] as const),
      ...programs.map(({ id, name }) => [actorKey('service', id), name] as const),
    ]),
    units: new Map(units.map((card) => [card.id, card.shortName])),
    patients: new Map(patients.map((card) => [card.id, card.fullName])),
  }
}

/** The same for one patient everywhere, and nothing can be read back from it by somebody without the id. */
const codeOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 6).toUpperCase()

/** A citizen is a patient to whoever reads the log: named only where the reader may see them. */
function actorName({ actorKind, actorId }: EntryRow, actors: Names['actors'], patients: Names['patients']): string {
  if (actorId === null) return ''
  return (actorKind === 'citizen' ? patients.get(actorId) : actors.get(actorKey(actorKind, actorId))) ?? ''
}

function viewOf(row: EntryRow, { actors, units, patients }: Names): Reply['items'][number] {
  const unit = (id: string | null): string | null => (id ? (units.get(id) ?? null) : null)
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    subject: row.subject,
    subjectId: row.subjectId,
    actor: {
      kind: row.actorKind,
      id: row.actorId,
      name: actorName(row, actors, patients),
      unitName: unit(row.actorFacilityId),
    },
    facilityName: unit(row.facilityId),
    patients: row.patientIds
      .slice(0, mostNamed)
      .map((id) => ({ id, name: patients.get(id) ?? null, code: codeOf(id) })),
    patientCount: row.patientIds.length,
    sealed: row.sealed,
  }
}
