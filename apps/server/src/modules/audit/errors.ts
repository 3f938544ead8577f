import { defineErrors } from '../../platform/errors/coded-error.ts'

export const auditErrors = defineErrors({
  /** The unit asked about is not one whose log the actor reads. */
  AUDIT_UNIT_CLOSED: 403,
})
