import type { Consult, Minutes } from '@moinha/contracts/consults'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { useRead } from '../../../platform/api/index.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { SignAction } from './sign-action.tsx'

const contentHash = 'a'.repeat(64)

const caseOf = (sign: boolean, ...signAs: Minutes['signAs']) =>
  ({ id: ids.thing, may: { sign }, minutes: { id: ids.other, contentHash, signAs } }) as unknown as Consult

/** The action as its page has it: over a case that is read again. */
function Page() {
  const { data } = useRead('consults.get', { params: { id: ids.thing } })
  return data?.minutes ? <SignAction consult={data} minutes={data.minutes} /> : null
}

beforeEach(() => {
  asStaff('consult.read')
  answer('consults.get', caseOf(true, 'requester'))
  answer('consults.signMinutes', caseOf(false))
})

async function opened() {
  const user = openPart(<Page />)
  await user.click(await screen.findByRole('button', { name: 'Ký biên bản' }))
  const dialog = within(await screen.findByRole('dialog'))
  return { user, dialog, sign: dialog.getByRole('button', { name: 'Tôi ký' }) }
}

it('whoever has nothing to sign is offered nothing', async () => {
  answer('consults.get', caseOf(false))
  openPart(<Page />)
  await waitFor(() => expect(sentTo('consults.get')).toHaveLength(1))
  expect(screen.queryByRole('button', { name: 'Ký biên bản' })).toBeNull()
})

it('the requester decides first, and says why where it is not followed', async () => {
  const { user, dialog, sign } = await opened()
  expect(sign).toBeDisabled()
  await user.click(dialog.getByRole('radio', { name: /Thực hiện một phần/ }))
  await user.type(dialog.getByLabelText('Vì sao?'), 'Chưa có thuốc')
  await user.click(sign)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('consults.signMinutes')[0]?.body).toEqual({
    contentHash,
    decision: 'partly',
    decisionReason: 'Chưa có thuốc',
  })
  expect(screen.getByText('Đã ký')).toBeVisible()
})

it('a signature the service still waits for is not called signed', async () => {
  answer('consults.signMinutes', caseOf(true, 'chair'))
  answer('consults.get', caseOf(true, 'chair'))
  const { user, sign } = await opened()
  await user.click(sign)
  expect(await screen.findByText('Đã gửi yêu cầu ký; chờ xác nhận ở dịch vụ ký số')).toBeVisible()
})

it('refused because the text changed: said, what was typed stays, nothing is signed', async () => {
  const { user, dialog, sign } = await opened()
  refuse('consults.signMinutes', 'MINUTES_CHANGED')
  await user.click(dialog.getByRole('radio', { name: /Không thực hiện/ }))
  await user.type(dialog.getByLabelText('Vì sao?'), 'Người bệnh từ chối')
  await user.click(sign)
  expect(await dialog.findByRole('alert')).toHaveTextContent('Xin đọc lại rồi ký.')
  expect(dialog.getByLabelText('Vì sao?')).toHaveValue('Người bệnh từ chối')
})

it('two taps sign once, also while the case is read again', async () => {
  answer('consults.get', caseOf(true, 'chair'))
  const { user, sign } = await opened()
  const signing = hold('consults.signMinutes')
  await user.dblClick(sign)
  expect(sign).toHaveAttribute('aria-busy', 'true')
  const reading = hold('consults.get')
  signing.letGo()
  await waitFor(() => expect(sentTo('consults.get')).toHaveLength(2))
  await user.click(sign)
  expect(sentTo('consults.signMinutes')).toHaveLength(1)
  reading.letGo()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('consults.signMinutes')).toHaveLength(1)
})

it('network lost and back', async () => {
  answer('consults.get', caseOf(true, 'secretary'))
  const { user, dialog, sign } = await opened()
  cutNetwork()
  await user.click(sign)
  expect(await dialog.findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  await user.click(sign)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('a key that is locked is unlocked where one signs, and the same tap goes on', async () => {
  const token = 'x'.repeat(43)
  asStaff('consult.read', 'document.sign')
  answer('consults.get', caseOf(true, 'chair'))
  answer('signatures.unlockKey', { token, until: new Date(Date.now() + 900_000).toISOString() })
  const { user, dialog, sign } = await opened()
  refuse('consults.signMinutes', 'SIGNING_LOCKED')
  await user.click(sign)
  await user.type(await dialog.findByLabelText('Mật khẩu chữ ký số'), 'mot mat khau')
  answer('consults.signMinutes', caseOf(false))
  await user.click(dialog.getByRole('button', { name: 'Mở khóa và ký' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('consults.signMinutes')[1]?.body).toMatchObject({ unlocking: token })
})

it('chosen and signed with the keyboard alone', async () => {
  const { user, dialog, sign } = await opened()
  dialog.getByRole('radio', { name: /Thực hiện theo ý kiến/ }).focus()
  await user.keyboard(' ')
  sign.focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(sentTo('consults.signMinutes')[0]?.body).toMatchObject({ decision: 'accepts' }))
})
