import { systemActor } from '../access/actor.ts'
import { asSystem, type Work } from '../db/work.ts'
import { defineRegistry, type Entry, type Registries } from '../registries/registries.ts'

/** Whose and where a thing is: what an audit row about it must carry. */
export interface SubjectBehind {
  /** Id of the thing asked about. */
  id: string
  patientId: string
  facilityId: string | null
}

/** Finds the patients behind things of one kind, past the wall; ids of no such thing are left out. */
export type FindBehind = (system: Work, ids: readonly string[]) => Promise<SubjectBehind[]>

/**
 * A kind of thing whose rows belong to patients. Its code, `encounter`, is also the field `encounterId` of requests.
 */
export interface AuditSubject extends Entry {
  /** Routes whose `:id` is such a thing, by the beginning of their path. */
  readonly paths?: readonly string[]
  readonly find: FindBehind
}

/** The module that owns a kind of thing says whose it is. Several modules may know of one kind. */
export const auditSubjects = defineRegistry<AuditSubject>('subject of the access log', {
  named: false,
  shared: true,
  kept: false,
})

/**
 * What kind of thing a field of a request names, e.g. `id` of `/api/encounters/:id/finish`, or `encounterId` anywhere.
 */
export function kindOfField(registries: Registries, routePath: string, field: string): string | undefined {
  if (field !== 'id') return field.endsWith('Id') ? codeOf(field.slice(0, -2)) : undefined
  const begins = (path: string): boolean => routePath === path || routePath.startsWith(`${path}/`)
  return registries.of(auditSubjects).find(({ paths = [] }) => paths.some(begins))?.code
}

/** `emergencyOpening` is the code `emergency_opening`. */
function codeOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The patients and units behind things of a kind. */
export async function behindSubjects(work: Work, kind: string, ids: readonly string[]): Promise<SubjectBehind[]> {
  const known = work.registries.of(auditSubjects).filter((subject) => subject.code === kind)
  if (ids.length === 0 || known.length === 0) return []
  return asSystem(work, systemActor, async (system) => {
    const found = await Promise.all(known.map(({ find }) => find(system, ids)))
    return found.flat()
  })
}
