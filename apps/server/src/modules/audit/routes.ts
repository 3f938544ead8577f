import type { FastifyInstance } from 'fastify'
import type { Platform } from '../../platform/module.ts'
import { addAuditMetrics, auditHealth } from './state.ts'

export function auditRoutes(app: FastifyInstance, platform: Platform): void {
  platform.health.push(() => auditHealth(platform))
  addAuditMetrics(app.metrics, platform)
}
