import type { MinutesContent } from '@moinha/contracts/meetings'
import { expect, it } from 'vitest'
import { mergeMinutes } from './minutes-merge.ts'

const base: MinutesContent = {
  items: [{ agendaItemId: 'a', title: '', text: 'Pờ Y báo cáo' }],
  decisions: [{ id: 'd', text: 'Tiêm vét thứ Bảy' }],
  actions: [{ id: 'x', what: 'Gửi danh sách', unitId: 'u1', who: '', dueOn: null }],
  note: '',
}

it('two who write different things keep both', () => {
  const mine = { ...base, note: 'Họp tiếp tuần sau', decisions: [...base.decisions, { id: 'e', text: 'Họp ngắn hơn' }] }
  const theirs = {
    ...base,
    items: [{ agendaItemId: 'a', title: '', text: 'Pờ Y báo cáo 96 lượt' }],
    actions: [{ ...base.actions[0], id: 'x', what: 'Gửi danh sách', unitId: 'u1', who: '', dueOn: '2026-12-01' }],
  }
  const merged = mergeMinutes(base, mine, theirs)
  expect(merged.items[0]?.text).toBe('Pờ Y báo cáo 96 lượt')
  expect(merged.decisions.map(({ id }) => id)).toEqual(['d', 'e'])
  expect(merged.actions[0]?.dueOn).toBe('2026-12-01')
  expect(merged.note).toBe('Họp tiếp tuần sau')
})

it('two who write the same place both stay readable; the same words are not doubled', () => {
  const text = (words: string) => ({ ...base, items: [{ agendaItemId: 'a', title: '', text: words }] })
  expect(mergeMinutes(base, text('Một'), text('Hai')).items[0]?.text).toBe('Một\nHai')
  expect(mergeMinutes(base, text('Một'), text('Một')).items[0]?.text).toBe('Một')
})

it('a line taken away is gone, unless the other wrote on it', () => {
  expect(mergeMinutes(base, { ...base, decisions: [] }, base).decisions).toEqual([])
  expect(mergeMinutes(base, base, { ...base, decisions: [] }).decisions).toEqual([])
  const more = { ...base, decisions: [{ id: 'd', text: 'Tiêm vét thứ Bảy và Chủ Nhật' }] }
  expect(mergeMinutes(base, { ...base, decisions: [] }, more).decisions).toEqual(more.decisions)
})
