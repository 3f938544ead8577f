import type { Slip } from '@moinha/contracts/referrals'
import { Avatar, ListRow, StatusTag } from '@moinha/ui'
import { formatDate, formatRelative, t } from '../../../platform/i18n/index.ts'
import { stateTone, stateWord } from '../data.ts'

/** One slip of a list: who, from where to where, how it stands. */
export function SlipRow({ slip, box }: { slip: Slip; box: 'incoming' | 'outgoing' }) {
  const place = box === 'incoming' ? t('referrals.row.from', { unit: slip.facilityName }) : to(slip)
  return (
    <ListRow
      href={`/work/referrals/${slip.id}`}
      lead={<Avatar name={slip.patientName} />}
      title={slip.patientName}
      detail={
        <>
          <StatusTag tone={stateTone[slip.state]}>{stateWord(slip)}</StatusTag> {t(`referrals.kind.${slip.kind}`)}{' '}
          {slip.number}
          <br />
          {place} · {formatRelative(slip.issuedAt)}
          <br />
          {slip.diagnosis}
        </>
      }
    />
  )
}

const to = ({ revisitOn, toFacilityName }: Slip): string =>
  revisitOn ? t('referrals.row.again', { day: formatDate(revisitOn) }) : t('referrals.row.to', { unit: toFacilityName })
