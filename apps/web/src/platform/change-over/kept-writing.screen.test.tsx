import { beforeEach, expect, it, vi } from 'vitest'
import { asStaff, ids } from '../testing/screen.tsx'
import { answer, refuse } from '../testing/wire.ts'
import { bringBack, changeOver, leaveToSignIn, wouldLose } from './change-over.ts'
import { forgetWriting, keepWriting, keptWriting } from './kept-writing.ts'

const own = { personId: ids.me, hasPin: true, mayHavePin: true, mayChange: true, draftKey: btoa('k'.repeat(32)) }
const text = 'Bệnh nhân dị ứng penicillin'
const all = () => JSON.stringify({ ...sessionStorage })

beforeEach(() => {
  sessionStorage.clear()
  asStaff('account.own')
  answer('identity.changeOverChoices', { people: [], own })
  vi.spyOn(location, 'replace').mockReturnValue()
  keepWriting(ids.me, 'chat.visit', text)
})

it('what a tab kept of somebody’s writing is sealed while a colleague uses it, and comes back with its writer', async () => {
  answer('identity.changeOver', { home: '/work', draftKey: btoa('c'.repeat(32)) })
  await changeOver(own, { personId: ids.other, pin: '4071' })
  expect(all()).toContain('moinha.aside')
  expect(all()).not.toContain(text)
  await bringBack()
  expect(keptWriting(ids.me, 'chat.visit')).toBe(text)
  expect(all()).not.toContain('moinha.aside')
})

it('left to somebody who signs in in full: sealed too', async () => {
  answer('identity.setAside', { done: true })
  await leaveToSignIn(own)
  expect(all()).not.toContain(text)
})

it('refused, nothing has changed', async () => {
  refuse('identity.changeOver', 'PIN_WRONG', { status: 401, params: { left: 4 } })
  await expect(changeOver(own, { personId: ids.other, pin: '4071' })).rejects.toMatchObject({ code: 'PIN_WRONG' })
  expect(keptWriting(ids.me, 'chat.visit')).toBe(text)
})

it('without a PIN it would be lost: that is known before, and whoever comes next finds only their own', () => {
  expect(wouldLose({ ...own, draftKey: null })).toBe(true)
  keepWriting(ids.other, 'chat.visit', 'của đồng nghiệp')
  forgetWriting(ids.other)
  expect([keptWriting(ids.me, 'chat.visit'), keptWriting(ids.other, 'chat.visit')]).toEqual([null, 'của đồng nghiệp'])
  expect(wouldLose({ ...own, draftKey: null })).toBe(false)
})
