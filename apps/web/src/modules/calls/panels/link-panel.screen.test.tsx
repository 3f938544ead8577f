import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import type { CallSession } from '../call-session.ts'
import type { LinkSnapshot } from '../link/sending-link.ts'
import { LinkLine } from '../parts/link-line.tsx'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { LinkPanel } from './link-panel.tsx'

const link: LinkSnapshot = {
  quality: 'fair',
  sending: 'small',
  receiving: 'full',
  wish: 'auto',
  cap: 'none',
  capBytes: null,
  data: { bytesUp: 4_000_000, bytesDown: 8_450_000, bytesPerMinute: 1_230_000 },
  roundTripMs: 200,
  missed: 0,
}
const call = (change: Partial<LinkSnapshot> = {}): CallSnapshot => ({
  state: 'connected',
  microphone: true,
  camera: true,
  quiet: false,
  lostSince: null,
  participants: [],
  link: { ...link, ...change },
})

/** A session inside such a call, as far as the panel knows one. */
function inside(change: Partial<LinkSnapshot> = {}) {
  const transport = { setPictureWish: vi.fn(), setDataCap: vi.fn() }
  const snapshot = { phase: 'inside', call: call(change), refusal: null }
  const session = { transport, snapshot: () => snapshot, subscribe: () => () => undefined } as unknown as CallSession
  return { session, transport }
}

const openPanel = (session: CallSession) =>
  openPart(
    <LinkPanel
      context={{ visitId: ids.thing, visit: undefined, session, call: session.snapshot().call }}
      onClose={() => undefined}
    />,
  )

it('says how the link is, what goes over it and what it costs', () => {
  openPanel(inside().session)
  expect(screen.getByRole('heading', { name: 'Mạng hơi yếu' })).toBeVisible()
  expect(screen.getByText('12,5 MB, khoảng 1,2 MB mỗi phút')).toBeVisible()
  expect(screen.getByText('Hình của bạn').nextSibling).toHaveTextContent('nhỏ')
})

it('a person has their say: voice alone, and a limit in megabytes', async () => {
  const { session, transport } = inside()
  const user = openPanel(session)
  await user.click(screen.getByRole('radio', { name: /Chỉ tiếng nói/ }))
  expect(transport.setPictureWish).toHaveBeenCalledWith('voice')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Giới hạn dữ liệu cuộc gọi này' }), '50 MB')
  expect(transport.setDataCap).toHaveBeenCalledWith(50_000_000)
})

it('a limit is said when it is near, and on the call what it took away', () => {
  openPanel(inside({ cap: 'near', capBytes: 15_000_000 }).session)
  expect(screen.getByText('Đã dùng 12,5 MB, gần hết 15 MB bạn đặt.')).toBeVisible()
  openPart(<LinkLine call={call({ cap: 'reached', capBytes: 12_000_000, sending: 'off', receiving: 'off' })} />)
  expect(screen.getByText(/^Đã dùng hết 12 MB bạn đặt: hình đã tắt/)).toBeVisible()
})

it('where the link took the pictures it says so; where a person did, they know', () => {
  openPart(<LinkLine call={call({ sending: 'off', receiving: 'off', quality: 'poor' })} />)
  expect(screen.getByText(/^Mạng yếu: hình tạm tắt, tiếng vẫn giữ/)).toBeVisible()
  openPart(<LinkLine call={call({ sending: 'off', receiving: 'off', wish: 'voice' })} />)
  expect(screen.getAllByText(/^Mạng yếu: hình tạm tắt/)).toHaveLength(1)
})
