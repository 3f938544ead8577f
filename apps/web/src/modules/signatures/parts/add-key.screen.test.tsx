import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, openPart } from '../../../platform/testing/screen.tsx'
import { answer, sentTo } from '../../../platform/testing/wire.ts'
import { AddKey } from './add-key.tsx'

beforeEach(() => asStaff('document.sign'))

it('a file’s own passphrase may be short; the one that seals its key here may not', async () => {
  answer('signatures.addKey', { key: null, offersTrials: false })
  const user = openPart(<AddKey offersTrials={false} onAdded={() => Promise.resolve()} />)
  const file = new File(['key'], 'chu-ky.p12', { type: 'application/x-pkcs12' })
  const input = await screen.findByLabelText<HTMLInputElement>('Chọn tệp chữ ký số', { selector: 'input' })
  fireEvent.change(input, { target: { files: [file] } })
  await user.type(await screen.findByLabelText('Mật khẩu của tệp'), '1234')
  const passphrase = screen.getByLabelText('Đặt mật khẩu cho chữ ký')
  await user.type(passphrase, '1234567')
  expect(screen.getByRole('button', { name: 'Cất chữ ký số' })).toBeDisabled()
  await user.type(passphrase, '8')
  await user.click(screen.getByRole('button', { name: 'Cất chữ ký số' }))
  await waitFor(() =>
    expect(sentTo('signatures.addKey')[0]?.body).toMatchObject({ filePassphrase: '1234', passphrase: '12345678' }),
  )
})
