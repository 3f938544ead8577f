import { Avatar, Button, List, ListRow } from '@moinha/ui'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { phoneText, whoText } from '../data.ts'
import css from './patient-list.module.css'

type Row = ReplyOf<'records.searchPatients'>['items'][number]

/** One patient: enough to tell two of one name apart. */
function Line({ row }: { row: Row }) {
  return (
    <ListRow
      href={`/work/patients/${row.id}`}
      lead={<Avatar name={row.fullName} />}
      title={row.fullName}
      detail={
        <>
          <span className={css.part}>{whoText(row)}</span>
          <span className={css.part}>{[phoneText(row.phone), row.identifier].filter(Boolean).join(' · ')}</span>
        </>
      }
      trail={
        <span className={css.last}>
          {row.lastEncounterAt
            ? t('records.patients.last', { date: formatDate(row.lastEncounterAt) })
            : t('records.patients.never')}
        </span>
      }
    />
  )
}

interface PatientListProps {
  rows: readonly Row[]
  onMore: (() => void) | undefined
  busy: boolean
}

/** Patients found, with a way to more. */
export function PatientList({ rows, onMore, busy }: PatientListProps) {
  return (
    <>
      <List label={t('records.patients.title')}>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </List>
      {onMore && (
        <div className={css.more}>
          <Button busy={busy} onClick={onMore}>
            {t('do.more')}
          </Button>
        </div>
      )}
    </>
  )
}
