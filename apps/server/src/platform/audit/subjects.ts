import { systemActor } from '../access/actor.ts'
import { asSystem, type Work } from '../db/work.ts'

/** Whose and where a thing is: what an audit row about it must carry. */
export interface SubjectBehind {
  /** Id of the thing asked about. */
  id: string
  patientId: string
  facilityId: string | null
}

/** Finds the patients behind things of one kind, past the wall; ids of no such thing are left out. */
export type FindBehind = (system: Work, ids: readonly string[]) => Promise<SubjectBehind[]>

interface AuditSubject {
  /** `encounter`: also the name of the field `encounterId` in params, query and bodies. */
  kind: string
  /** Routes whose `:id` is such a thing, by the beginning of their path. */
  paths?: readonly string[]
  find: FindBehind
}

const subjects = new Map<string, FindBehind[]>()
const kindByPath = new Map<string, string>()

/** The module that owns a kind of thing says whose it is. Several modules may know of one kind. Registering twice is once. */
export function registerAuditSubject({ kind, paths = [], find }: AuditSubject): void {
  const known = subjects.get(kind) ?? []
  if (!known.includes(find)) subjects.set(kind, [...known, find])
  for (const path of paths) kindByPath.set(path, kind)
}

/** What kind of thing a field of a request names, e.g. `id` of `/api/encounters/:id/finish`, or `encounterId` anywhere. */
export function kindOfField(routePath: string, field: string): string | undefined {
  if (field !== 'id') return field.endsWith('Id') ? field.slice(0, -2) : undefined
  return [...kindByPath].find(([path]) => routePath === path || routePath.startsWith(`${path}/`))?.[1]
}

/** The patients and units behind things of a kind. */
export async function behindSubjects(work: Work, kind: string, ids: readonly string[]): Promise<SubjectBehind[]> {
  const finders = subjects.get(kind) ?? []
  if (ids.length === 0 || finders.length === 0) return []
  return asSystem(work, systemActor, async (system) => {
    const found = await Promise.all(finders.map((find) => find(system, ids)))
    return found.flat()
  })
}
