import type { MeetingLine } from '@moinha/contracts/meetings'
import type { Work } from '../../../platform/db/work.ts'
import { defaultSettings } from '../domain/settings.ts'
import { doorOf, isTrial, opensAt } from '../domain/timing.ts'
import { mayEnter, mayOrganise } from '../policy.ts'
import type { LineRow } from '../store/meeting-lines.ts'

/** One line as its reader sees it, with what they may do now. */
export function lineOf({ actor, now }: Work, row: LineRow): MeetingLine {
  const host = actor.kind === 'system' || mayOrganise(actor, row.organiser_path)
  const minutesBefore = row.opens_minutes_before ?? defaultSettings.opensMinutesBefore
  const enters = mayEnter({ host, named: row.named, oversees: false, units: row.invited ? [{ id: '', name: '' }] : [] })
  const planned = row.status === 'planned' || isTrial(row, minutesBefore, now)
  return {
    id: row.id,
    seriesId: row.series_id,
    kind: row.kind,
    title: row.title,
    status: planned ? 'planned' : row.status,
    organiser: { id: row.organiser_id, name: row.organiser },
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    recurring: row.rule !== null,
    opensAt: opensAt(row, minutesBefore).toISOString(),
    held: row.held,
    unitsInvited: row.units_invited,
    ourAnswer: row.our_answer,
    minutes: minutesOf(row, host),
    may: {
      ...hostMay(row, host, planned),
      join: enters && doorOf(row, { host, minutesBefore, now }) === 'open',
      respond: row.invited && planned,
      attendance: true,
    },
  }
}

/** What only those who lead it may do. */
function hostMay({ status }: LineRow, host: boolean, planned: boolean) {
  return {
    host,
    edit: host && planned,
    cancel: host && planned,
    end: host && status === 'running' && !planned,
    minutes: host && status !== 'cancelled',
  }
}

/** A draft shows to hosts alone. */
function minutesOf(row: LineRow, host: boolean): MeetingLine['minutes'] {
  if (host) return row.minutes ?? 'none'
  return row.minutes_approved ? 'approved' : 'none'
}
