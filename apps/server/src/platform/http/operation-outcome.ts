import { fhirType, type OperationOutcome } from '@moinha/contracts/fhir'
import type { FastifyRequest } from 'fastify'
import type { CodedError } from '../errors/coded-error.ts'
import { addressOf } from './address.ts'

/** HTTP status → https://hl7.org/fhir/R4/valueset-issue-type.html */
const issueTypes: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  421: 'security',
  422: 'processing',
  428: 'required',
  429: 'throttled',
  431: 'too-long',
  503: 'transient',
}

export { fhirType }

/** Does the caller speak FHIR: by address, or by what it asks for? */
export function speaksFhir(request: FastifyRequest): boolean {
  return addressOf(request).startsWith('/fhir/') || (request.headers.accept ?? '').includes('application/fhir+json')
}

/** The same refusal as a problem, in the words of FHIR: our code as coding, one issue for each field. */
export function outcomeOf({ code, status, fields = [] }: CodedError, requestId: string): OperationOutcome {
  const issue = {
    severity: 'error' as const,
    code: issueTypes[status] ?? (status >= 500 ? 'exception' : 'processing'),
    details: { coding: [{ system: 'urn:moinha:error', code }] },
    diagnostics: `request ${requestId}`,
  }
  const issues = fields.map(({ path }) => ({ ...issue, expression: [path] }))
  return { resourceType: 'OperationOutcome', issue: issues.length > 0 ? issues : [issue] }
}
