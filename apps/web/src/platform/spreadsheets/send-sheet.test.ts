import { afterEach, expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({
  default: { 'identity.applyStaffSheet': ['POST', '/api/identity/staff-sheet/:id/apply'] },
}))
const { openFor } = await import('../api/index.ts')
const { sendSheet } = await import('./send-sheet.ts')

afterEach(() => {
  openFor(undefined)
  vi.unstubAllGlobals()
})

it('sends a file for whom the page was opened, so that it is not done as somebody else', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response('{}'))
  vi.stubGlobal('fetch', fetched)
  openFor('a-person')
  await sendSheet('identity.applyStaffSheet', new File(['x'], 'a.csv'), { id: 'unit', query: { digest: 'd' } })
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/identity/staff-sheet/unit/apply?digest=d')
  expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({ 'x-moinha': '1', 'x-moinha-person': 'a-person' })
  openFor(undefined)
  await sendSheet('identity.applyStaffSheet', new File(['x'], 'a.csv'))
  expect(fetched.mock.calls[1]?.[1]?.headers).not.toHaveProperty('x-moinha-person')
})
