import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStranger, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'

const userName = () => screen.findByLabelText<HTMLInputElement>('Tên đăng nhập')
const password = () => screen.getByLabelText<HTMLInputElement>('Mật khẩu')
const signIn = () => screen.getByRole('button', { name: 'Đăng nhập' })

// a computer at which nobody has signed in today
beforeEach(() => answer('identity.changeOverChoices', { people: [], own: null }))

async function typed() {
  asStranger({ home: '/work/nowhere' })
  const user = openScreen('/work/sign-in?next=%2Fwork%2Fpoy')
  await user.type(await userName(), 'mai.poy')
  await user.type(password(), 'mat khau dai')
  return user
}

it('cannot be sent empty; Enter sends', async () => {
  asStranger()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  const user = openScreen('/work/sign-in')
  await userName()
  expect(signIn()).toBeDisabled()
  await user.type(await userName(), 'mai.poy')
  await user.type(password(), 'mat khau dai{Enter}')
  expect(await screen.findByRole('heading', { name: 'Mã xác thực' })).toBeVisible()
  expect(sentTo('identity.signIn')[0]?.body).toEqual({ username: 'mai.poy', password: 'mat khau dai' })
})

it('a refusal is told and what was typed stays', async () => {
  const user = await typed()
  refuse('identity.signIn', 'SIGN_IN_WRONG', { status: 401 })
  await user.click(signIn())
  expect(await screen.findByRole('alert')).toHaveTextContent('Tên đăng nhập hoặc mật khẩu chưa đúng.')
  expect(await userName()).toHaveValue('mai.poy')
  expect(password()).toHaveValue('mat khau dai')
})

it('two taps are one sign-in, and the button says that it works', async () => {
  const user = await typed()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  const { letGo } = hold('identity.signIn')
  await user.dblClick(signIn())
  expect(signIn()).toHaveAttribute('aria-busy', 'true')
  letGo()
  await screen.findByRole('heading', { name: 'Mã xác thực' })
  expect(sentTo('identity.signIn')).toHaveLength(1)
})

it('network lost and back: said, kept, sent at the next tap', async () => {
  const user = await typed()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  cutNetwork()
  await user.click(signIn())
  expect(await screen.findByRole('alert')).toHaveTextContent('Điều bạn đã nhập vẫn còn đây')
  mendNetwork()
  await user.click(signIn())
  expect(await screen.findByRole('heading', { name: 'Mã xác thực' })).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})

it('the code: six digits and no more, a wrong one stays to be looked at, the right one leads where one wanted to go', async () => {
  const user = await typed()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  await user.click(signIn())
  const code = await screen.findByLabelText('Mã 6 số trong ứng dụng')
  const go = screen.getByRole('button', { name: 'Vào' })
  expect(code).toHaveFocus()
  await user.keyboard('12 34a5')
  expect(go).toBeDisabled()
  refuse('identity.verifyTotp', 'TOTP_WRONG', { status: 401 })
  await user.clear(code)
  await user.type(code, '123456{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Mã xác thực chưa đúng.')
  expect(code).toHaveValue('123456')
  answer('identity.verifyTotp', { home: '/work' })
  await user.clear(code)
  await user.type(code, '654321{Enter}')
  await waitFor(() => expect(location.pathname).toBe('/work/poy'))
})

it('too late for the code: the way back to the beginning is there', async () => {
  const user = await typed()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  await user.click(signIn())
  refuse('identity.verifyTotp', 'TOTP_STEP_EXPIRED', { status: 401 })
  await user.type(await screen.findByLabelText('Mã 6 số trong ứng dụng'), '123456{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Xin đăng nhập lại từ đầu.')
  await user.click(screen.getByRole('button', { name: 'Quay lại' }))
  expect(await userName()).toBeVisible()
})

it('without the phone: a spare code, as noted down, and the way back to the app’s code', async () => {
  const user = await typed()
  answer('identity.signIn', { next: 'totp', home: '/work' })
  await user.click(signIn())
  await user.click(await screen.findByRole('button', { name: 'Mất điện thoại? Dùng mã dự phòng' }))
  const field = screen.getByLabelText('Mã dự phòng')
  expect(field).toHaveFocus()
  refuse('identity.verifyTotp', 'TOTP_WRONG', { status: 401 })
  await user.type(field, 'x7Pq2-9LmZa{Enter}')
  expect(await screen.findByRole('alert')).toBeVisible()
  expect(field).toHaveValue('x7Pq2-9LmZa')
  expect(sentTo('identity.verifyTotp')[0]?.body).toEqual({ code: 'x7Pq2-9LmZa' })
  await user.click(screen.getByRole('button', { name: 'Dùng mã trong ứng dụng' }))
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.getByLabelText('Mã 6 số trong ứng dụng')).toHaveValue('')
})
