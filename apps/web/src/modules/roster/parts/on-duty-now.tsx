import { Card } from '@moinha/ui'
import { formatTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { teamName, useOnDuty, type Week } from '../data.ts'
import css from './now.module.css'
import { Presence } from './presence.tsx'

/** Who is on duty at this moment, and whether a page of theirs is open. */
export function OnDutyNow({ facilityId, week }: { facilityId: string; week: Week }) {
  const { data } = useOnDuty(facilityId)
  const shifts = data?.items ?? []
  const teams = [...new Set(shifts.map((shift) => shift.specialty))]
  return (
    <Card title={t('roster.now.title')}>
      {data && shifts.length === 0 && <p>{t('roster.now.none')}</p>}
      <ul className={css.teams}>
        {teams.map((team) => (
          <li key={team ?? 'lead'}>
            <h3>{teamName(week, team)}</h3>
            <ul className={css.people}>
              {shifts
                .filter((shift) => shift.specialty === team)
                .map((shift) => (
                  <li key={shift.id}>
                    <span className={css.name}>
                      {shift.fullName}
                      {shift.role === 'backup' && <small> ({wordFor('roster.role.backup')})</small>}
                    </span>
                    <Presence state={shift.presence} />
                    <span className={css.until}>{t('roster.now.until', { at: formatTime(shift.endsAt) })}</span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  )
}
