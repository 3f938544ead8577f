import { describe, expect, it } from 'vitest'
import { doorOf, remindersOf } from './timing.ts'

const at = (text: string) => new Date(`${text}:00+07:00`)
const meeting = { status: 'planned', starts_at: at('2026-11-26T08:00'), ends_at: at('2026-11-26T09:00') }

describe('the door of a meeting', () => {
  const ask = (time: string, host = false, status = 'planned') =>
    doorOf({ ...meeting, status }, { host, minutesBefore: 15, now: at(`2026-11-26T${time}`) })

  it('opens a quarter of an hour before, for the host earlier', () => {
    expect(ask('07:44')).toBe('early')
    expect(ask('07:45')).toBe('open')
    expect(ask('06:00', true)).toBe('open')
  })

  it('stays open while the meeting runs, and closes where nobody began it', () => {
    expect(ask('11:30', false, 'running')).toBe('open')
    expect(ask('11:01')).toBe('over')
    expect(ask('08:10', true, 'ended')).toBe('ended')
    expect(ask('08:10', true, 'cancelled')).toBe('cancelled')
  })
})

describe('reminders', () => {
  const settings = { dayBefore: true, minutesBefore: 15 }

  it('come the day before and shortly before; what has passed does not', () => {
    expect(remindersOf(meeting.starts_at, settings, at('2026-11-20T08:00'))).toEqual([
      { which: 'day', at: at('2026-11-25T08:00') },
      { which: 'soon', at: at('2026-11-26T07:45') },
    ])
    expect(remindersOf(meeting.starts_at, settings, at('2026-11-26T07:00')).map(({ which }) => which)).toEqual(['soon'])
  })

  it('of an early meeting come the evening before, not in the night', () => {
    expect(remindersOf(at('2026-11-26T06:30'), settings, at('2026-11-20T08:00'))[0]?.at).toEqual(at('2026-11-24T19:59'))
  })
})
