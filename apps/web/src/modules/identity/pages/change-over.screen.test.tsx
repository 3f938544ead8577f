import { screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { holdForCall } from '../../../platform/change-over/in-call.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import ChangeOver from './change-over.tsx'

const colleague = { personId: ids.other, fullName: 'Nàng Phương' }

/** The part of the browser's locks that a call holds; the test's browser has none. */
function layLocks(): void {
  const held: { name: string }[] = []
  const locks = {
    request: async (name: string, _options: unknown, until: () => Promise<void> | undefined) => {
      const lock = { name }
      held.push(lock)
      await until()
      held.splice(held.indexOf(lock), 1)
    },
    query: async () => ({ held: [...held], pending: [] }),
  }
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
}

beforeEach(() => {
  layLocks()
  asStaff('account.own')
  answer('identity.changeOverChoices', {
    people: [colleague],
    own: { personId: ids.me, hasPin: true, mayHavePin: true, mayChange: false, draftKey: null },
  })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, 'locks')
})

const begin = 'Đổi người'

it('during a call nobody takes over: said why, and nothing is asked for; after it they may', async () => {
  const leave = holdForCall()
  const user = openPart(<ChangeOver />)
  await user.click(await screen.findByRole('button', { name: begin }))
  expect(await screen.findByText(/Bạn đang trong cuộc gọi/)).toBeVisible()
  expect(screen.queryByLabelText(/^Mã PIN của/)).toBeNull()
  expect(sentTo('identity.changeOverChoices')).toHaveLength(0)
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Đóng' }))
  leave()
  await user.click(screen.getByRole('button', { name: begin }))
  expect(await screen.findByLabelText('Mã PIN của Nàng Phương')).toBeVisible()
  expect(screen.queryByText(/Bạn đang trong cuộc gọi/)).toBeNull()
})

it('refused by the server: said, the PIN is typed anew, and the page stays this person’s', async () => {
  const user = openPart(<ChangeOver />)
  await user.click(await screen.findByRole('button', { name: begin }))
  refuse('identity.changeOver', 'PIN_WRONG', { status: 401, params: { left: 4 } })
  await user.type(await screen.findByLabelText('Mã PIN của Nàng Phương'), '4071{Enter}')
  expect(await screen.findByText('Còn 4 lần thử', { exact: false })).toBeVisible()
  expect(screen.getByLabelText('Mã PIN của Nàng Phương')).toHaveValue('')
})
