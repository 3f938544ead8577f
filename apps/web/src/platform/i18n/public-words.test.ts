import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wordsOfPublicPages } from '../../../build/public-words.ts'

const shown = (module: string) => {
  const folder = join(import.meta.dirname, '../../modules', module)
  const all = JSON.parse(readFileSync(join(folder, 'words/vi.json'), 'utf8')) as Record<string, string>
  return { all: Object.keys(all), some: Object.keys(wordsOfPublicPages(folder, module, all)) }
}

it.each(['identity', 'scheduling', 'news'])(
  'public pages of %s bring their own words, not those of staff',
  (module) => {
    const { all, some } = shown(module)
    expect(some.length).toBeGreaterThan(10)
    expect(some.length).toBeLessThan(all.length / 3)
  },
)

it('words whose end comes from the data are all there, and the titles of the windows', () => {
  const { all, some } = shown('scheduling')
  for (const group of ['scheduling.kind.', 'scheduling.programme.', 'scheduling.weekdayShort.'])
    expect(some.filter((key) => key.startsWith(group))).toEqual(all.filter((key) => key.startsWith(group)))
  expect(some).toEqual(expect.arrayContaining(['scheduling.find.title', 'scheduling.station.title']))
  expect(shown('news').some.filter((key) => key.startsWith('news.priority.'))).toHaveLength(3)
})

it('words of parts that come later, as the cast of the demo, are there before them', () => {
  expect(shown('identity').some).toEqual(expect.arrayContaining(['identity.cast.heading', 'identity.role.citizen']))
})
