import type { MinutesContent } from '@moinha/contracts/consults'
import { expect, it } from 'vitest'
import { mergeMinutes } from './minutes-merge.ts'

const base: MinutesContent = {
  treatedFrom: '2026-11-20',
  treatedTo: null,
  startedAt: '2026-11-22T08:00:00.000Z',
  endedAt: null,
  place: 'Trạm',
  members: [],
  course: 'Đau ngực',
  answers: [{ no: 1, text: '' }],
  diagnosis: '',
  icd10: '',
  treatment: '',
  plan: '',
  transferTo: '',
  followUpOn: null,
  informedAt: null,
  informedBy: '',
}

it('keeps what each alone wrote, and lets the writer choose where both did', () => {
  const mine = { ...base, plan: 'Theo dõi tại trạm', treatment: 'Aspirin' }
  const theirs = {
    ...base,
    diagnosis: 'Cơn đau thắt ngực',
    treatment: 'Nitroglycerin',
    answers: [{ no: 1, text: 'Có' }],
  }
  const { content, clashes } = mergeMinutes(base, mine, theirs)
  expect(clashes).toEqual(['treatment'])
  expect(content).toEqual({ ...mine, diagnosis: 'Cơn đau thắt ngực', answers: [{ no: 1, text: 'Có' }] })
})

it('sees no clash where both wrote the same', () => {
  const both = { ...base, plan: 'Hẹn khám lại' }
  expect(mergeMinutes(base, both, both)).toEqual({ content: both, clashes: [] })
})
