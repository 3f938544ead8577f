import { Button, Icon, toast } from '@moinha/ui'
import { type ReplyOf, refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { formatDateTime, t, useLanguage } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import css from '../parts/emergency-notice.module.css'

type Notice = ReplyOf<'records.myEmergencyNotices'>['items'][number]

/** More than this would hide the page; the next ones show when these are read. */
const mostShown = 2

const textOf = (one: Notice): string => {
  const opener = [one.openerName, ...one.openerUnits].join(', ')
  const at = formatDateTime(one.at)
  return one.as === 'patient'
    ? t('records.openings.toldPatient', { name: one.patient?.fullName ?? '', at, opener })
    : t('records.openings.toldHead', { at, opener })
}

function Line({ one }: { one: Notice }) {
  const sending = useSend('records.readEmergencyNotice')
  const read = async (): Promise<boolean> => {
    const done = await sending.run({ params: { id: one.id } })
    if (done) void refresh('records.myEmergencyNotices')
    return done !== undefined
  }
  const see = async (): Promise<void> => {
    await read()
    navigate(one.as === 'patient' ? `/record?who=${one.patient?.id ?? ''}&tab=access` : '/work/emergency-openings')
  }
  return (
    <aside className={css.notice} aria-label={t('records.reason.break_glass')}>
      <Icon name="alert" size={1.3} />
      <span className={css.text}>{textOf(one)}</span>
      <span className={css.actions}>
        <Button small look="primary" onClick={() => void see()}>
          {t(one.as === 'patient' ? 'records.openings.seeWhy' : 'records.openings.see')}
        </Button>
        <Button small look="quiet" busy={sending.busy} onClick={() => void read()}>
          {t('records.openings.dismiss')}
        </Button>
      </span>
    </aside>
  )
}

/** Above every page until it was read: a record of mine, of my family or of my unit was opened in an emergency. */
export default function EmergencyNotice() {
  useLanguage()
  const { data } = useRead('records.myEmergencyNotices')
  useLive('records.glassBroken', () => {
    toast({ text: t('records.openings.toast'), tone: 'error' })
    void refresh('records.')
  })
  return (
    <>
      {(data?.items ?? []).slice(0, mostShown).map((one) => (
        <Line key={one.id} one={one} />
      ))}
    </>
  )
}
