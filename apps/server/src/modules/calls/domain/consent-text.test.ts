import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { consentTexts, onBehalfOf } from './consent-text.ts'

const web = new URL('../../../../../web/src/modules/calls/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, web), 'utf8')

test('what the screen asks is the text kept under the number that the screen sends', () => {
  const words = JSON.parse(read('words/vi.json')) as Record<string, string>
  const [, version] = /^const textVersion = (\d+)$/m.exec(read('recording/recording-strip.tsx')) ?? []
  expect(consentTexts[Number(version)]).toBe(words['calls.recording.questionText'])
  expect(Object.keys(consentTexts)).toHaveLength(Number(version))
})

test.each([
  ['the patient', { person_id: 'p', role: 'patient' }, 'p', null],
  ['a parent with an own place', { person_id: 'm', role: 'patient' }, 'm', 'p'],
  ['a parent in the place of the patient', { person_id: 'p', role: 'patient' }, 'm', 'p'],
  ['the nurse', { person_id: 'n', role: 'nurse' }, 'n', null],
])('%s speaks for whom', (_who, member, speaker, expected) => {
  expect(onBehalfOf({ member, speaker, patients: ['p'] })).toBe(expected)
})
