import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'deploy')
const blocksOf = (page: string): string[] =>
  readFileSync(join(folder, page), 'utf8').match(/^```sh(?: [a-z-]+)?\n[\s\S]*?^```$/gm) ?? []

it('the page in English has the very commands of the Vietnamese one', () => {
  expect(blocksOf('README.md').length).toBeGreaterThan(10)
  expect(blocksOf('README.en.md')).toEqual(blocksOf('README.md'))
})

it('every file a command takes from deploy is there', () => {
  const names = [
    ...blocksOf('README.md')
      .join('\n')
      .matchAll(/\bdeploy\/([\w@.-]+)/g),
  ].map((found) => found[1] ?? '')
  expect(names.filter((name) => !existsSync(join(folder, name)))).toEqual([])
})

it('every script of deploy can be run, and the shell understands it', () => {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'))
  expect(scripts.length).toBeGreaterThan(5)
  for (const name of scripts) {
    accessSync(join(folder, name), constants.X_OK)
    execFileSync('bash', ['-n', join(folder, name)])
  }
})

it('the service starts the server as npm start does', () => {
  const unit = readFileSync(join(folder, 'moinha.service'), 'utf8')
  const server = readFileSync(join(folder, '..', 'apps', 'server', 'package.json'), 'utf8')
  const { config } = JSON.parse(server) as { config: { nodeArgs: string[] } }
  expect(unit).toContain(`/node ${config.nodeArgs.join(' ')} apps/server/src/main.ts`)
})
