import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..', '..')
const FOLDERS = ['apps/server/src', 'packages/contracts/src', 'e2e/specs', 'e2e/screens', 'e2e/livekit']

test('every test that the security page names is there', () => {
  const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
  const named = [...page.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`/g)].map((match) => basename(match[1] ?? ''))
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => basename(file)),
  )
  expect(named.length).toBeGreaterThan(25)
  expect(named.filter((name) => !files.includes(name))).toEqual([])
})
