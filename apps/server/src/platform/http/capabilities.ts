import { capabilities } from '@moinha/contracts/fhir'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import { serve } from './serve.ts'

/** The day this statement last changed its meaning. */
const statementDate = '2026-11-25'

/** `GET /fhir/R4/metadata` says what is true: the way of speaking stands, no resource is served yet. */
export function addCapabilities(
  app: FastifyInstance,
  { config, version }: { config: Pick<Config, 'PUBLIC_URL'>; version: string },
): void {
  const statement = {
    resourceType: 'CapabilityStatement' as const,
    status: 'active' as const,
    date: statementDate,
    publisher: 'Mọi Nhà',
    kind: 'instance' as const,
    software: { name: 'Mọi Nhà', version },
    implementation: {
      description: 'Mọi Nhà: telehealth for commune health stations',
      ...(config.PUBLIC_URL && { url: new URL('/fhir/R4', config.PUBLIC_URL).href }),
    },
    fhirVersion: '4.0.1' as const,
    format: ['json'],
    rest: [
      {
        mode: 'server' as const,
        documentation: 'No resource is served yet; errors are OperationOutcome.',
        security: { cors: false, description: 'The session of a signed-in browser.' },
      },
    ],
  }
  serve(app, capabilities, async () => statement)
}
