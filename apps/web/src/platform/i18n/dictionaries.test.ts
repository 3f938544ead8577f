import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = new URL('../../', import.meta.url).pathname
const homes = [
  { name: 'platform', folder: join(source, 'platform/words') },
  ...readdirSync(join(source, 'modules')).map((name) => ({ name, folder: join(source, 'modules', name, 'words') })),
].filter(({ folder }) => existsSync(join(folder, 'vi.json')))

const read = (folder: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Record<string, string>
const holes = (message: string): string[] =>
  [...message.matchAll(/\{([a-zA-Z]+)/g)].map(([, name]) => name ?? '').sort()

describe.each(homes)('words of $name', ({ name, folder }) => {
  const [vi, en] = [read(folder, 'vi'), read(folder, 'en')]

  it('are complete in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
    expect(Object.entries({ ...vi, ...en }).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('have the same holes to fill', () => {
    const differing = Object.keys(vi).filter(
      (key) => new Set(holes(vi[key] ?? '')).size !== new Set(holes(en[key] ?? '')).size,
    )
    expect(differing).toEqual([])
  })

  it('are NFC, and keys carry the module’s name', () => {
    expect(Object.values(vi).filter((text) => text !== text.normalize('NFC'))).toEqual([])
    if (name !== 'platform')
      expect(Object.keys(vi).filter((key) => !key.startsWith(`${name}.`) && !key.startsWith('error.'))).toEqual([])
  })
})

it('every key named in a t() exists', () => {
  const known = new Set(homes.flatMap(({ folder }) => Object.keys(read(folder, 'vi'))))
  const missing = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => `${file}: ${key}`),
    )
    .filter((line) => !known.has(line.split(': ')[1] ?? ''))
  expect(missing).toEqual([])
})

it('no key has two owners', () => {
  const keys = homes.flatMap(({ folder }) => Object.keys(read(folder, 'vi')))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})
