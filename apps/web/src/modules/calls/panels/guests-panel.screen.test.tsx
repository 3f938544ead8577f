import { screen, waitFor } from '@testing-library/react'
import type { Guest } from '@moinha/contracts/calls'
import { beforeAll, expect, it } from 'vitest'
import { ensureWords } from '../../../platform/i18n/index.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer } from '../../../platform/testing/wire.ts'
import { callWords } from '../call-words.ts'
import { CallSession } from '../call-session.ts'
import { GuestsPanel } from './guests-panel.tsx'

beforeAll(() => ensureWords(callWords))

it('the link just made gets the keyboard, and so comes into sight on a phone', async () => {
  asStaff('call.join')
  let guests: Guest[] = []
  answer('calls.listGuests', () => ({ guests }))
  answer('calls.inviteGuest', ({ body }) => {
    const enterUntil = new Date(Date.now() + 600_000).toISOString()
    const { guestId, kind, name } = body
    const made: Guest = {
      guestId,
      kind,
      name,
      state: 'waiting',
      present: false,
      enterUntil,
      enteredAt: null,
      secret: 'x',
    }
    guests = [...guests, made]
    return made
  })
  const visitId = ids.thing
  const context = { visitId, visit: undefined, session: new CallSession(visitId), call: null }
  const user = openPart(<GuestsPanel context={context} onClose={() => undefined} />)
  await user.type(await screen.findByRole('textbox', { name: /Tên người được mời/ }), 'Y Mai')
  await user.click(screen.getByRole('button', { name: 'Tạo đường mời' }))
  const line = (await screen.findByText('Y Mai')).closest('li')
  await waitFor(() => expect(line).toHaveFocus())
})
