import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AuditNote } from '../audit/audit.ts'
import { writeAudit } from '../audit/audit.ts'
import { behindSubjects, kindOfField } from '../audit/subjects.ts'
import type { Work } from '../db/work.ts'
import { CodedError } from '../errors/coded-error.ts'
import type { AnyRoute } from './serve.ts'

/** A refused touch of a row is written down too, in a transaction of its own since the first one is undone. */
export async function auditRefusal(
  app: FastifyInstance,
  request: FastifyRequest,
  route: AnyRoute,
  error: unknown,
): Promise<void> {
  // public routes open nobody's data, and strangers must not fill the log
  if (route.permission === 'public' || !(error instanceof CodedError) || (error.status !== 403 && error.status !== 404))
    return
  const ids = [request.params, request.query, request.body].flatMap(idsIn)
  await app.transact(
    request.actor,
    async (work) => {
      const behind = await subjectBehind(work, route.path, ids)
      const named = ids.find(([field]) => field === 'id') ?? ids.find(([field]) => field === 'patientId') ?? ids[0]
      const note: AuditNote = {
        action: route.id,
        subject: route.id.split('.')[0] ?? 'route',
        outcome: 'refused',
        detail: { code: error.code },
        subjectId: named?.[1],
        patientId: behind?.patientId,
        facilityId: behind?.facilityId ?? undefined,
      }
      await writeAudit(work.tx, work.actor, request.id, [note])
    },
    request.id,
  )
}

type NamedId = readonly [field: string, id: string]

/** The ids a part of a request names. */
function idsIn(part: unknown): NamedId[] {
  return Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(part)).filter(
    (entry): entry is [string, string] => /^id$|Id$/.test(entry[0]) && z.uuid().safeParse(entry[1]).success,
  )
}

/**
 * Whose record the refused request was about, and of which unit: by the patient's own id, else by the thing it named.
 */
async function subjectBehind(work: Work, path: string, ids: readonly NamedId[]) {
  const patientId = ids.find(([field]) => field === 'patientId')?.[1]
  if (patientId) return (await behindSubjects(work, 'patient', [patientId]))[0] ?? { patientId, facilityId: null }
  for (const [field, id] of ids) {
    const kind = kindOfField(work.registries, path, field)
    const [found] = kind ? await behindSubjects(work, kind, [id]) : []
    if (found) return found
  }
  return undefined
}
