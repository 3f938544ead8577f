import { defineErrors } from '../../platform/errors/coded-error.ts'

export const indicatorErrors = defineErrors({ FORM_UNKNOWN: 404, REPORT_UNIT_UNKNOWN: 404, FORM_ROW_UNKNOWN: 404 })
