import { routes as contract } from '@moinha/contracts/operations'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { listJobs } from './actions/list-jobs.ts'
import { readCounts } from './actions/read-counts.ts'
import { giveUpJobs, retryJobs } from './actions/settle-jobs.ts'
import { addOperationsMetrics, operationsHealth } from './state.ts'

export function operationsRoutes(app: FastifyInstance, platform: Platform): void {
  platform.health.push(() => operationsHealth(platform))
  addOperationsMetrics(app.metrics, platform)
  serve(app, contract.readCounts, (work) => readCounts(work.tx))
  serve(app, contract.listJobs, (work, { query }) => listJobs(work, query))
  serve(app, contract.retryJobs, (work, { body }) => retryJobs(work, body.items))
  serve(app, contract.giveUpJobs, (work, { body }) => giveUpJobs(work, body.items, body.word))
}
