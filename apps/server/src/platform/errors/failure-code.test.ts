import { expect, test } from 'vitest'
import { platformErrors } from './coded-error.ts'
import { failureCode } from './failure-code.ts'

const coded = (message: string, code: unknown): Error => Object.assign(new Error(message), { code })

test.each([
  ['23505', coded('Key (phone)=(+84986000111) already exists', '23505')],
  ['ECONNREFUSED', new TypeError('fetch failed', { cause: coded('connect 10.0.0.1', 'ECONNREFUSED') })],
  ['NOT_FOUND', platformErrors.NOT_FOUND()],
  ['TimeoutError', AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason as Error],
  ['TypeError', new TypeError('Y Lan is not a function')],
  ['UNKNOWN', coded('x', 'Y Lan, 0986 000 111')],
  ['UNKNOWN', new Error('Y Lan')],
  ['UNKNOWN', 'Y Lan'],
])('%s', (code, error) => {
  expect(failureCode(error)).toBe(code)
})
