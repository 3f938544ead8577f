import type { Slip } from '@moinha/contracts/referrals'
import { Avatar, Icon, ListRow, StatusTag } from '@moinha/ui'
import { formatDate, formatRelative, t } from '../../../platform/i18n/index.ts'
import { stateTone, stateWord } from '../data.ts'

interface SlipRowProps {
  slip: Slip
  box: 'incoming' | 'outgoing'
}

/** One slip of a list: who, from where to where, how it stands. */
export function SlipRow({ slip, box }: SlipRowProps) {
  const place = box === 'incoming' ? t('referrals.row.from', { unit: slip.facilityName }) : to(slip)
  return (
    <ListRow
      href={`/work/referrals/${slip.id}`}
      lead={<Avatar name={slip.patientName} />}
      title={slip.patientName}
      detail={
        <>
          <StatusTag tone={stateTone[slip.state]}>{stateWord(slip)}</StatusTag> {nameOf(slip)}
          <br />
          {place} · {formatRelative(slip.issuedAt)}
          <br />
          {slip.diagnosis}
        </>
      }
    />
  )
}

/** The same beside one visit: whose it is needs no saying. */
export function SlipOfVisit({ slip }: Pick<SlipRowProps, 'slip'>) {
  return (
    <ListRow
      href={`/work/referrals/${slip.id}`}
      lead={<Icon name={slip.kind === 'transfer' ? 'send' : 'calendar'} />}
      title={nameOf(slip)}
      detail={
        <>
          <StatusTag tone={stateTone[slip.state]}>{stateWord(slip)}</StatusTag> {to(slip)}
        </>
      }
    />
  )
}

const nameOf = ({ kind, number }: Slip): string => `${t(`referrals.kind.${kind}`)} ${number}`

const to = ({ revisitOn, toFacilityName }: Slip): string =>
  revisitOn ? t('referrals.row.again', { day: formatDate(revisitOn) }) : t('referrals.row.to', { unit: toFacilityName })
