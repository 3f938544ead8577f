import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { dropJobs, requeueJobs, type SeenJob, type SettledJob } from '../store/troubled-jobs.ts'

/** Jobs queued anew by one call for all of them; the screen calls again while some are left. */
const mostAtOnce = 200

/** Gives jobs their tries again; of two who decide about the same job at once the second is told. */
export async function retryJobs(work: Work, items: readonly SeenJob[] | null) {
  const settled = await requeueJobs(work, items, items?.length ?? mostAtOnce)
  noteEach(work, 'operations.retryJobs', settled)
  return outcome(settled, items, items === null && settled.length === mostAtOnce)
}

/** Takes jobs out of the queue with a word. */
export async function giveUpJobs(work: Work, items: readonly SeenJob[], word: string) {
  const settled = await dropJobs(work, items, word)
  noteEach(work, 'operations.giveUpJobs', settled)
  return outcome(settled, items, false)
}

function noteEach(work: Work, action: string, settled: readonly SettledJob[]): void {
  for (const { id, task } of settled) work.audit({ action, subject: 'job', detail: { job: id, task } })
}

function outcome(settled: readonly SettledJob[], items: readonly SeenJob[] | null, more: boolean) {
  if (items && settled.length === 0) throw platformErrors.CHANGED_MEANWHILE()
  return { done: settled.length, changed: items ? items.length - settled.length : 0, more }
}
