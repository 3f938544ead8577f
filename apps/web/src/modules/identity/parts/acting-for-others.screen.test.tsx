import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { asCitizen, asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { DeclareMember } from './declare-member.tsx'
import { Family } from './family.tsx'
import { LinkGuardian } from './link-guardian.tsx'

const done = vi.fn()
beforeEach(() => void done.mockClear())

const member = { personId: ids.other, fullName: 'Y Na', relation: 'child', birthDate: '2024-05-01', sex: 'unknown' }
const guardian = { id: ids.other, fullName: 'A Rin', relation: 'child', sex: 'unknown' }

async function declaring(born = '1/5/2024') {
  asCitizen()
  answer('identity.addFamilyMember', member as never)
  const user = openPart(<DeclareMember onDone={done} />, 'citizen')
  await user.type(screen.getByLabelText('Họ và tên'), 'Y Na')
  await user.type(screen.getByLabelText('Ngày sinh'), born)
  await user.tab()
  await user.click(screen.getByRole('checkbox', { name: /Tôi là người chăm sóc hợp pháp/ }))
  return { user, save: screen.getByRole('button', { name: 'Lưu' }) }
}

it('nobody declared yet: said with what it is good for', async () => {
  openPart(<Family family={[]} />, 'citizen')
  expect(screen.getByText('Chưa khai báo người thân')).toBeVisible()
})

it('a child is declared once however often one taps', async () => {
  const { user, save } = await declaring()
  const adding = hold('identity.addFamilyMember')
  await user.dblClick(save)
  expect(save).toHaveAttribute('aria-busy', 'true')
  adding.letGo()
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1))
  expect(sentTo('identity.addFamilyMember')).toHaveLength(1)
  expect(sentTo('identity.addFamilyMember')[0]?.body).toMatchObject({ fullName: 'Y Na', birthDate: '2024-05-01' })
})

it('somebody of seven years or more is asked first', async () => {
  const { user, save } = await declaring('1/5/2010')
  expect(save).toBeDisabled()
  await user.click(screen.getByRole('checkbox', { name: /đã được hỏi và đồng ý/ }))
  expect(save).toBeEnabled()
})

it('a refused field is marked, all that was typed stays, and the mended form is the same declaration', async () => {
  const { user, save } = await declaring()
  refuse('identity.addFamilyMember', 'INVALID_INPUT', {
    status: 400,
    fields: [{ path: 'body.fullName', code: 'too_small' }],
  })
  await user.click(save)
  await waitFor(() => expect(screen.getByLabelText('Họ và tên')).toHaveAccessibleDescription('Chỗ này còn thiếu.'))
  expect(screen.getByLabelText('Họ và tên')).toBeInvalid()
  expect(screen.getByLabelText('Ngày sinh')).toHaveValue('01/05/2024')
  answer('identity.addFamilyMember', member as never)
  await user.type(screen.getByLabelText('Họ và tên'), ' Hrê{Tab}')
  await user.click(save)
  await waitFor(() => expect(done).toHaveBeenCalled())
  const [first, second] = sentTo('identity.addFamilyMember').map(({ body }) => body)
  expect(second?.personId).toBe(first?.personId)
  expect(second?.fullName).toBe('Y Na Hrê')
})

it('without one’s own birth date it is asked for here, and the declaration goes on', async () => {
  const { user, save } = await declaring()
  refuse('identity.addFamilyMember', 'GUARDIAN_BIRTH_DATE_MISSING')
  answer('identity.updateMe', { done: true })
  await user.click(save)
  await user.type(await screen.findByLabelText('Ngày sinh của tôi'), '3/8/90')
  await user.click(screen.getByRole('button', { name: 'Lưu ngày sinh của tôi' }))
  await waitFor(() => expect(screen.queryByLabelText('Ngày sinh của tôi')).toBeNull())
  expect(sentTo('identity.updateMe')[0]?.body).toEqual({ birthDate: '1990-08-03' })
  expect(screen.getByLabelText('Họ và tên')).toHaveValue('Y Na')
})

async function linking() {
  asStaff('patient.edit')
  answer('records.linkGuardian', guardian as never)
  const user = openPart(<LinkGuardian patientId={ids.patient} onClose={done} />)
  await user.type(screen.getByLabelText('Số điện thoại của người thay mặt'), '0912345678')
  await user.type(screen.getByLabelText('Mã người thay mặt đọc'), '12 34 56')
  return { user, save: screen.getByRole('button', { name: 'Ghi người thay mặt' }) }
}

it('at the desk: a paper named "other" is described before it can be saved', async () => {
  const { user, save } = await linking()
  expect(save).toBeEnabled()
  await user.selectOptions(screen.getByLabelText('Giấy tờ đã xem'), 'other')
  expect(save).toBeDisabled()
  await user.type(screen.getByLabelText('Giấy tờ gì?'), 'Giấy của thôn')
  await user.click(save)
  await waitFor(() => expect(done).toHaveBeenCalled())
  expect(sentTo('records.linkGuardian')[0]?.body).toMatchObject({ code: '123456', paperNote: 'Giấy của thôn' })
  expect(screen.getByText('A Rin được thay mặt người bệnh từ bây giờ')).toBeVisible()
})

it('at the desk: a wrong code is told, a wrong number marked, and nothing typed is lost', async () => {
  const { user, save } = await linking()
  refuse('records.linkGuardian', 'GUARDIAN_CODE_WRONG')
  await user.click(save)
  expect(await screen.findByRole('alert')).toHaveTextContent('Số điện thoại hoặc mã chưa đúng')
  refuse('records.linkGuardian', 'INVALID_INPUT', { status: 400, fields: [{ path: 'body.phone', code: 'pattern' }] })
  await user.click(save)
  await waitFor(() => expect(screen.getByLabelText('Số điện thoại của người thay mặt')).toBeInvalid())
  expect(screen.getByLabelText('Số điện thoại của người thay mặt')).toHaveValue('0912345678')
  expect(screen.getByLabelText('Mã người thay mặt đọc')).toHaveValue('123456')
})

it('at the desk: network lost and back is one link', async () => {
  const { user, save } = await linking()
  cutNetwork()
  await user.dblClick(save)
  expect(await screen.findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  await user.click(save)
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1))
  expect(sentTo('records.linkGuardian')).toHaveLength(1)
})
