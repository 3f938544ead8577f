import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..', '..')

test('the page that clinicians sign says what the catalogue says', () => {
  const check = () =>
    execFileSync(process.execPath, [join(root, 'tools/write-permissions.mjs'), '--check'], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  expect(check).not.toThrow()
})
