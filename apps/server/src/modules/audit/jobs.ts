import { join } from 'node:path'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { verifyAndKeep } from './actions/keep-verified.ts'
import { sealChains } from './actions/seal-chains.ts'
import { openHeadLog } from './ports/head-log.ts'
import { signingKey, trustedKeys } from './ports/signing-key.ts'

const sealJob = defineJob<Record<string, never>>('audit.seal', {
  vi: 'Niêm phong nhật ký truy cập',
  en: 'Seal the access log',
})
const verifyNewJob = defineJob<Record<string, never>>('audit.verifyNew', {
  vi: 'Kiểm tra phần mới của nhật ký truy cập',
  en: 'Verify what is new in the access log',
})
export const verifyAllJob = defineJob<Record<string, never>>('audit.verifyAll', {
  vi: 'Kiểm tra toàn bộ nhật ký truy cập',
  en: 'Verify the whole access log',
})

/** Where the heads are kept outside the database. */
export const headsDir = ({ AUDIT_HEADS, DATA_DIR }: Platform['config']): string =>
  AUDIT_HEADS ?? join(DATA_DIR, 'audit-heads')

/** Seals each minute, verifies what is new each ten minutes, and everything on Sunday night. */
export function auditJobs({ transact, clock, config, jobs, log }: Platform): void {
  const key = signingKey(config)
  const heads = openHeadLog(headsDir(config))
  const verify = async (scope: 'new' | 'full'): Promise<void> => {
    const { broken, rows } = await verifyAndKeep({ transact, keys: trustedKeys(config), log: heads }, scope)
    for (const one of broken)
      log.error({ chain: one.chain, no: one.no, entry: one.entryId, why: one.why }, 'the access log does not verify')
    if (scope === 'full') log.info({ rows, broken: broken.length }, 'the whole access log was verified')
  }
  jobs.onOutside(sealJob, async () => void (await sealChains({ transact, key, log: heads, now: () => clock.now() })))
  jobs.onOutside(verifyNewJob, () => verify('new'))
  jobs.onOutside(verifyAllJob, () => verify('full'))
  jobs.every('* * * * *', sealJob)
  jobs.every('*/10 * * * *', verifyNewJob)
  // twenty to two on Sunday night in Vietnam; the crontab speaks UTC
  jobs.every('40 18 * * 0', verifyAllJob)
}
