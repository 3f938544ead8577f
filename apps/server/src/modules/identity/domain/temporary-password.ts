import { newFirstCode } from './first-code.ts'

/**
 * A password for the first sign-in, `k7mq-x3fh-…`: about 79 bits, above the 14 characters asked for without a second
 * factor.
 */
export const temporaryPassword = newFirstCode
