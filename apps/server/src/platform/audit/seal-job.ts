import { sql } from 'kysely'
import { defineJob } from '../jobs/add-job.ts'
import type { Platform } from '../module.ts'

const sealPending = defineJob<Record<string, never>>('audit.seal')

/** Chains what was committed since; every minute, so that a tampered row shows from the next minute on. */
export function sealAudit({ jobs }: Platform): void {
  jobs.on(sealPending, async (work) => void (await sql`select audit.seal_pending()`.execute(work.tx)))
  jobs.every('* * * * *', sealPending)
}
