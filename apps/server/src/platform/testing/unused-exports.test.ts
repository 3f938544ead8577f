import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'

// `npm run check` asks knip what nobody uses. Here the same settings meet a small house that has some of it.

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const house: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "small", "private": true, "type": "module", "workspaces": ["apps/server"] }',
  'apps/server/package.json': '{ "name": "server", "private": true, "dependencies": { "left-over": "1.0.0" } }',
  'apps/server/src/main.ts': "import { taken } from './parts.ts'\nimport 'never-listed'\ntaken()\n",
  'apps/server/src/parts.ts': `export interface Given { at: number }
export const taken = (): Given => ({ at: 0 })
export const left = 1\n`,
  'apps/server/src/alone.ts': 'export const nobodyCame = 1\n',
  'apps/server/src/modules/beds/test/matrix.ts': 'export const cases = []\n',
}

interface Unused {
  issues: Array<
    { file: string } & Record<'files' | 'exports' | 'types' | 'dependencies' | 'unlisted', { name: string }[]>
  >
}

async function unusedIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'moinha-unused-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  copyFileSync(join(root, 'knip.jsonc'), join(folder, 'knip.jsonc'))
  const args = [
    join(root, 'node_modules/knip/bin/knip.js'),
    '--no-progress',
    '--reporter',
    'json',
    '--directory',
    folder,
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error)
  const { issues } = JSON.parse(stdout) as Unused
  return issues
    .flatMap(({ file, ...found }) =>
      (['files', 'exports', 'types', 'dependencies', 'unlisted'] as const).flatMap((kind) =>
        found[kind].map(({ name }) => `${kind}: ${kind === 'files' ? file : name}`),
      ),
    )
    .sort()
}

it('an export, a file and a package that nobody uses are refused, and one that is used but not listed', async () => {
  expect(await unusedIn(house)).toEqual([
    'dependencies: left-over',
    'exports: left',
    'files: apps/server/src/alone.ts',
    'unlisted: never-listed',
  ])
})
