import * as contract from '@moinha/contracts/audit'
import type { FastifyInstance } from 'fastify'
import { systemActor } from '../../platform/access/actor.ts'
import { asSystem } from '../../platform/db/work.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { listEntries } from './actions/read-access-log.ts'
import { keyIdOf } from './domain/signed-head.ts'
import { verifyAllJob } from './jobs.ts'
import { signingKey } from './ports/signing-key.ts'
import { addAuditMetrics, auditHealth } from './state.ts'
import { chainState } from './store/chain-rows.ts'

export function auditRoutes(app: FastifyInstance, platform: Platform): void {
  platform.health.push(() => auditHealth(platform))
  addAuditMetrics(app.metrics, platform)
  const publicKeyId = keyIdOf(signingKey(platform.config))
  serve(app, contract.listEntries, (work, { query }) => listEntries(work, query))
  serve(app, contract.readState, async (work) => {
    const state = await asSystem(work, systemActor, ({ tx }) => chainState(tx))
    return {
      ...state,
      publicKeyId,
      verifiedAt: state.verifiedAt?.toISOString() ?? null,
      oldestUnsealedAt: state.oldestUnsealedAt?.toISOString() ?? null,
    }
  })
  serve(app, contract.verifyLog, async (work) => {
    // asked twice while it waits, it runs once
    await work.enqueue(verifyAllJob, {}, { key: 'audit.verifyAll' })
    work.audit({ action: 'audit.verifyLog', subject: 'access_log' })
    return { done: true as const }
  })
}
