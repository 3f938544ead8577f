import { expect, it } from 'vitest'
import { calendarFile } from './calendar-file.ts'
import type { Appointment } from './data.ts'

it('writes an iCalendar file that says when and where, but neither why nor for whom', () => {
  const appointment = {
    id: '018f',
    start: '2026-11-23T00:30:00.000Z',
    end: '2026-11-23T01:00:00.000Z',
    reason: 'đau bụng',
    facility: { id: 'f', name: 'Trạm Y tế xã Pờ Y, Kon Tum' },
    patient: { fullName: 'Y Lan' },
  } as unknown as Appointment
  const file = calendarFile(appointment, 'Khám tại trạm', 'https://moinha.example/appointments/018f')
  expect(file).toContain('DTSTART:20261123T003000Z\r\nDTEND:20261123T010000Z')
  expect(file).toContain('LOCATION:Trạm Y tế xã Pờ Y\\, Kon Tum')
  expect(file).not.toMatch(/đau bụng|Y Lan/)
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
})
