import type { ConsultLine } from '@moinha/contracts/consults'
import { Avatar, Badge, ListRow, StatusTag } from '@moinha/ui'
import { formatDateTime, formatRelative, t } from '../../../platform/i18n/index.ts'
import { personWords, specialtyName, statusTone, statusWord } from '../data.ts'

/** One case of a list: who, what is asked, where it stands. */
export function ConsultRow({ line }: { line: ConsultLine }) {
  const when =
    line.scheduledAt && line.status === 'scheduled'
      ? formatDateTime(line.scheduledAt)
      : formatRelative(line.submittedAt ?? line.createdAt)
  return (
    <ListRow
      href={`/work/consults/${line.id}`}
      lead={<Avatar name={line.patient.fullName} />}
      title={
        <>
          {line.patient.fullName} <span style={{ fontWeight: 400 }}>· {personWords(line.patient)}</span>
        </>
      }
      detail={
        <>
          <StatusTag tone={statusTone[line.status]}>{statusWord(line.status)}</StatusTag>{' '}
          {line.urgency === 'urgent' && <Badge tone="urgent">{t('consults.urgency.urgent')}</Badge>}
          <br />
          {specialtyName(line)} · {line.consultant?.name ?? line.ring?.fullName ?? line.requestingFacility.name} ·{' '}
          {when}
          <br />
          {line.question}
        </>
      }
    />
  )
}
