import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CrowdMember } from '../../apps/server/src/platform/testing/make-crowd.ts'
import type { LoadOrder, LoadResult, Shot } from '../load/send-load.ts'

export interface Target {
  facilityId: string
  practitionerId: string
  start: string
}

/** A booking of each time by the next of the crowd, in no order but the same one for all who are compared. */
export function shots(path: string, some: readonly Target[], crowd: readonly CrowdMember[]): Shot[] {
  const all = some.map((target, index) => {
    const member = crowd[index % crowd.length]
    if (!member) throw new Error('no crowd')
    return {
      path,
      cookie: `${member.cookie.name}=${member.cookie.value}`,
      body: JSON.stringify({
        ...target,
        id: randomUUID(),
        patientId: member.personId,
        kind: 'in_person',
        reason: 'bench',
      }),
    }
  })
  return all
    .map((shot, index) => ({ shot, key: (index * 7919) % all.length }))
    .sort((a, b) => a.key - b.key)
    .map(({ shot }) => shot)
}

export function load(order: LoadOrder): Promise<LoadResult> {
  const worker = new Worker(join(import.meta.dirname, '..', 'load', 'send-load.ts'), {
    workerData: order,
    execArgv: [],
  })
  return new Promise((done, failed) => worker.once('message', done).once('error', failed))
}
