import type { Message } from '@moinha/contracts/calls'
import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { newId, openAsGuest } from '../../../platform/api/index.ts'
import { asStranger, ids, openPart } from '../../../platform/testing/screen.tsx'
import { Composer } from './composer.tsx'
import { MessageLine } from './message-line.tsx'
import { outboxOf } from './outbox.ts'

const message = (kind: Message['kind']): Message => ({
  id: newId(),
  kind,
  text: kind === 'text' ? 'Chào chị' : '',
  author: { personId: ids.other, name: 'A Rin', role: 'doctor' },
  mine: false,
  at: '2026-11-26T01:00:00.000Z',
  seconds: kind === 'voice' ? 4 : null,
  doneAt: null,
})

it('a guest reads that there is a photo or a voice message instead of one that does not open, and sends text', () => {
  openAsGuest()
  asStranger()
  const visitId = newId()
  openPart(
    <ul>
      <MessageLine visitId={visitId} message={message('text')} />
      <MessageLine visitId={visitId} message={message('photo')} />
      <MessageLine visitId={visitId} message={message('voice')} />
      <li>
        <Composer visitId={visitId} outbox={outboxOf(visitId, '')} />
      </li>
    </ul>,
  )
  expect(screen.getByText('Chào chị')).toBeVisible()
  expect(screen.getByText(/Khách không mở được ảnh/)).toBeVisible()
  expect(screen.getByText(/Khách không nghe lại được/)).toBeVisible()
  expect(screen.queryByRole('link')).toBeNull()
  expect(document.querySelector('img, audio')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Gửi ảnh' })).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Viết tin nhắn' })).toBeVisible()
})
