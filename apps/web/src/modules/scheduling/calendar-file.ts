import type { Appointment } from './data.ts'

const stamp = (at: string): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
const plain = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\n/g, '\\n')

/**
 * An iCalendar file (RFC 5545) of one appointment. It names neither the reason nor the patient: calendars are shared.
 */
export function calendarFile(appointment: Appointment, title: string, address: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Moi Nha//VI',
    'BEGIN:VEVENT',
    `UID:${appointment.id}@moinha`,
    `DTSTAMP:${stamp(appointment.start)}`,
    `DTSTART:${stamp(appointment.start)}`,
    `DTEND:${stamp(appointment.end)}`,
    `SUMMARY:${plain(title)}`,
    `LOCATION:${plain(appointment.facility.name)}`,
    `URL:${address}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT60M',
    `DESCRIPTION:${plain(title)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** Hands the file to the phone, which asks whether to keep it. */
export function offerCalendarFile(appointment: Appointment, title: string): void {
  const url = URL.createObjectURL(
    new Blob([calendarFile(appointment, title, `${location.origin}/appointments/${appointment.id}`)], {
      type: 'text/calendar',
    }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = 'lich-hen.ics'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
