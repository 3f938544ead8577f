import { expect, it } from 'vitest'
import { rebase } from './rebase.ts'

const base = { name: 'Trạm', phone: '1', address: 'A', open: true }

it('keeps what was typed, takes what only the other changed, and names what both did', () => {
  const typed = { ...base, phone: '2', address: 'B' }
  const current = { ...base, name: 'Trạm Y tế', phone: '3', open: false }
  expect(rebase(base, typed, current)).toEqual({
    fields: { name: 'Trạm Y tế', phone: '2', address: 'B', open: false },
    taken: ['name', 'open'],
    clashes: ['phone'],
  })
})

it('both typed the same, or the same was sent twice: nothing to decide', () => {
  const typed = { ...base, phone: '2' }
  expect(rebase(base, typed, { ...base, phone: '2' })).toEqual({ fields: typed, taken: [], clashes: [] })
})
