import { z } from 'zod'
import { defineRoute } from './route.ts'

/** FHIR R4, https://hl7.org/fhir/R4/http.html#mime-type */
export const fhirType = 'application/fhir+json; charset=utf-8'

/**
 * The error format under `/fhir` (https://hl7.org/fhir/R4/operationoutcome.html). `details.coding.code` is our own
 * code.
 */
export const OperationOutcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: z.literal('error'),
      code: z.string(),
      details: z.object({ coding: z.array(z.object({ system: z.string(), code: z.string() })) }),
      diagnostics: z.string(),
      expression: z.array(z.string()).optional(),
    }),
  ),
})
export type OperationOutcome = z.infer<typeof OperationOutcome>

/** The parts of https://hl7.org/fhir/R4/capabilitystatement.html that we fill in. */
const CapabilityStatement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  status: z.literal('active'),
  date: z.string(),
  publisher: z.string(),
  kind: z.literal('instance'),
  software: z.object({ name: z.string(), version: z.string() }),
  implementation: z.object({ description: z.string(), url: z.string().optional() }),
  fhirVersion: z.literal('4.0.1'),
  format: z.array(z.string()),
  rest: z.array(
    z.object({
      mode: z.literal('server'),
      documentation: z.string(),
      security: z.object({ cors: z.boolean(), description: z.string() }),
      resource: z.array(z.object({ type: z.string() })).optional(),
    }),
  ),
})

export const capabilities = defineRoute({
  id: 'fhir.capabilities',
  method: 'GET',
  path: '/fhir/R4/metadata',
  permission: 'public',
  summary: 'What this server can do by FHIR R4: its CapabilityStatement',
  reply: CapabilityStatement,
  produces: [fhirType],
  etag: 'weak',
})

/** @public The web reads it by name, for its table of routes. */
export const routes = { capabilities }
