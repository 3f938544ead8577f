import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..', '..')

test('the page that clinicians sign says what the catalogue says', () => {
  const check = () => execFileSync('npm', ['run', 'write-permissions', '--', '--check'], { cwd: root, stdio: 'pipe' })
  expect(check).not.toThrow()
})
