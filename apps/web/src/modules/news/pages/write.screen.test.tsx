import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

const words = {
  titleVi: 'Tiêm chủng',
  bodyVi: 'Thứ Hai tại trạm.',
  titleEn: '',
  bodyEn: '',
  priority: 'normal' as const,
  fromDay: null,
  untilDay: null,
}
const draft: ReplyOf<'news.managed'> = {
  id: ids.thing,
  status: 'draft',
  titleVi: words.titleVi,
  priority: 'normal',
  sender: { id: ids.facility, name: 'Trạm Y tế Pờ Y' },
  area: { id: ids.facility, name: 'Pờ Y' },
  version: 1,
  isDemo: false,
  changedAt: '2026-11-26T01:00:00.000Z',
  shownFrom: null,
  shownUntil: null,
  counts: { recipients: 10, readers: 0 },
  edits: 2,
  withdrawnReason: null,
  versions: [{ no: 1, ...words, reason: null, authorName: 'A Rin', at: '2026-11-26T01:00:00.000Z' }],
}

it('a colleague kept the draft first: both texts are there, and keeping again is meant', async () => {
  asStaff('news.publish')
  answer('news.managed', draft)
  answer('news.publishAreas', { items: [] })
  const current = { edits: 3, ...words, bodyVi: 'Thứ Ba tại trạm.', priority: 'important' }
  refuse('news.saveDraft', 'CHANGED_MEANWHILE', { params: { current } })
  const user = openScreen(`/work/news/${ids.thing}/edit`)
  const body = await screen.findByDisplayValue('Thứ Hai tại trạm.')
  await user.type(body, ' Mang theo sổ.')
  const keep = () => user.click(screen.getByRole('button', { name: 'Lưu nháp' }))
  await keep()
  expect(await screen.findByText(/người kia ghi “Thứ Ba tại trạm.”/)).toBeVisible()
  expect(screen.getByText(/nay là “Quan trọng”/)).toBeVisible()
  expect(body).toHaveValue('Thứ Hai tại trạm. Mang theo sổ.')
  answer('news.saveDraft', { edits: 4 })
  await keep()
  expect(sentTo('news.saveDraft').at(-1)?.body).toMatchObject({
    edits: 3,
    bodyVi: 'Thứ Hai tại trạm. Mang theo sổ.',
    priority: 'important',
  })
})
