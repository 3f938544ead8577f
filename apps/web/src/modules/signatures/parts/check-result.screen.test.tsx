import type { CheckedDocument, CheckedSignature } from '@moinha/contracts/signatures'
import { screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStranger, openPart } from '../../../platform/testing/screen.tsx'
import { CheckResult } from './check-result.tsx'

const one: CheckedSignature = {
  field: 'Signature1',
  holds: true,
  why: null,
  certificate: 'trusted',
  revocation: 'good',
  revokedAt: null,
  signer: 'Y Bhăm Niê',
  organisation: 'Trạm Y tế',
  issuer: 'VN CA',
  serial: '01',
  reason: 'Chủ tọa',
  signedAt: '2026-11-26T03:00:00Z',
  timeBy: 'stamp',
  byteRange: [0, 100, 200, 50],
  bytesAfter: 0,
  later: 'none',
}
const paper = (change: Partial<CheckedDocument>): CheckedDocument => ({
  bytes: 250,
  signatures: [one],
  unsignedTail: 'none',
  removed: 0,
  ...change,
})
const changed: CheckedSignature = { ...one, holds: false, why: 'bytes_changed' }

beforeEach(() => asStranger())

it.each([
  [paper({}), 'Mọi chữ ký đều đúng, nội dung còn nguyên.'],
  [paper({ signatures: [{ ...one, certificate: 'trial' }] }), /THỬ NGHIỆM, không có giá trị pháp lý/],
  [paper({ signatures: [one, { ...changed, field: 'b' }] }), /Không tin được tệp này/],
  [paper({ unsignedTail: 'unsigned' }), /thêm hoặc bớt sau chữ ký cuối cùng/],
  [paper({ removed: 1 }), 'Có 1 chữ ký đã bị gỡ khỏi tệp này.'],
  [paper({ signatures: [] }), 'Tệp này không có chữ ký số.'],
])('one sentence says what to think of it (%#)', async (document, sentence) => {
  openPart(<CheckResult name="bien-ban.pdf" document={document} />)
  expect(await screen.findByText(sentence)).toBeVisible()
})

it('whose signature, on which bytes, and why it does not hold', async () => {
  openPart(<CheckResult name="bien-ban.pdf" document={paper({ signatures: [changed] })} />)
  expect(await screen.findByText('0–99 và 200–249')).toBeVisible()
  expect(screen.getByText('Nội dung đã bị sửa sau khi ký, dù chỉ một byte.')).toBeVisible()
  expect(screen.getByText(/theo dấu thời gian của bên thứ ba/)).toBeVisible()
})

it('a certificate that was revoked: since when', async () => {
  const revoked: CheckedSignature = {
    ...one,
    holds: false,
    why: 'revoked',
    certificate: 'revoked',
    revocation: 'revoked',
    revokedAt: '2026-11-25T03:00:00Z',
    timeBy: 'signer',
  }
  openPart(<CheckResult name="bien-ban.pdf" document={paper({ signatures: [revoked] })} />)
  expect(await screen.findByText(/^đã bị thu hồi từ .*25\/11\/2026/)).toBeVisible()
  expect(screen.getByText(/không có dấu thời gian chứng minh đã ký trước đó/)).toBeVisible()
})
