import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { holdUnlocking } from '../unlocked.ts'

const key = {
  id: ids.thing,
  holder: 'LÊ QUANG NGHĨA',
  issuer: 'VN CA',
  validUntil: '2027-11-26T00:00:00Z',
  isTrial: false,
}
const waiting = (subjectId: string, needsDecision: boolean) => ({
  kind: 'minutes',
  kindName: { vi: 'Biên bản hội chẩn', en: 'Minutes' },
  subjectId,
  title: `Biên bản hội chẩn số ${needsDecision ? 2 : 1}/2026`,
  since: '2026-11-26T01:00:00Z',
  path: `/work/consults/${subjectId}`,
  needsDecision,
})
const token = 'x'.repeat(43)
const inAWhile = () => new Date(Date.now() + 900_000).toISOString()

beforeEach(() => {
  holdUnlocking(undefined)
  asStaff('document.sign')
  answer('signatures.readKey', { key, offersTrials: false })
  answer('signatures.listWaiting', { items: [waiting(ids.thing, false), waiting(ids.other, true)] })
  answer('signatures.unlockKey', () => ({ token, until: inAWhile() }))
  answer('signatures.signWaiting', { state: 'signed' })
})

it('a locked key is asked for once, and all that needs no decision is signed with it', async () => {
  const user = openScreen('/work/signing')
  await user.click(await screen.findByRole('button', { name: 'Ký tất cả (1)' }))
  await user.type(screen.getByLabelText('Mật khẩu chữ ký số'), 'mot mat khau')
  await user.click(screen.getByRole('button', { name: 'Mở khóa và ký' }))
  expect(await screen.findByText('Đã ký xong 1 giấy tờ.')).toBeVisible()
  expect(sentTo('signatures.signWaiting').map(({ params, body }) => [params['subjectId'], body])).toEqual([
    [ids.thing, { unlocking: token }],
  ])
  expect(screen.getByRole('link', { name: 'Mở để quyết định và ký' })).toHaveAttribute(
    'href',
    `/work/consults/${ids.other}`,
  )
})

it('a wrong passphrase is said, and nothing is signed; a refused document says why', async () => {
  const user = openScreen('/work/signing')
  await user.click(await screen.findByRole('button', { name: 'Ký tất cả (1)' }))
  refuse('signatures.unlockKey', 'KEY_PASSPHRASE_WRONG')
  await user.type(screen.getByLabelText('Mật khẩu chữ ký số'), 'sai')
  await user.click(screen.getByRole('button', { name: 'Mở khóa và ký' }))
  expect(await screen.findByText('Mật khẩu chữ ký không đúng.')).toBeVisible()
  expect(sentTo('signatures.signWaiting')).toEqual([])
  answer('signatures.unlockKey', () => ({ token, until: inAWhile() }))
  refuse('signatures.signWaiting', 'SIGNING_NOT_WAITING')
  await user.click(screen.getByRole('button', { name: 'Mở khóa và ký' }))
  expect(await screen.findByText(/không còn chờ chữ ký của bạn/)).toBeVisible()
})

it('without a key: said plainly, and signing is the click it was', async () => {
  answer('signatures.readKey', { key: null, offersTrials: true })
  const user = openScreen('/work/signing')
  expect(await screen.findByText(/chưa phải chữ ký số theo luật/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Ký tất cả (1)' }))
  await waitFor(() => expect(sentTo('signatures.signWaiting')[0]?.body).toEqual({}))
})
