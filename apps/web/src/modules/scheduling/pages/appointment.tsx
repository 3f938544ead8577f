import { Button, Card, LinkButton, Notice, PageHeader, Row, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { useParam, useSearch } from '../../../platform/router/index.ts'
import { bookingAddress } from '../booking-draft.ts'
import { offerCalendarFile } from '../calendar-file.ts'
import { dayText, isRemote, kindIcon, named, useAppointmentNews, whenText } from '../data.ts'
import { StateTag } from '../parts/appointment-card.tsx'
import { Facts } from '../parts/appointment-facts.tsx'
import { CancelDialog, MoveDialog } from '../parts/change-dialogs.tsx'
import { mayJoin, VisitLink } from '../parts/visit-link.tsx'
import { WorkerFace } from '../parts/worker-face.tsx'
import css from './appointment.module.css'

type Full = ReplyOf<'scheduling.getAppointment'>

/** What just happened or must be known first. */
function News({ appointment, fresh }: { appointment: Full; fresh: boolean }) {
  const acknowledge = useSend('scheduling.acknowledgeMove')
  const { state, movedFrom, cancelledBy, cancelReason } = appointment
  const know = async (): Promise<void> => {
    await acknowledge.run({ params: { id: appointment.id } })
    await refresh('scheduling.')
  }
  if (state === 'moved' && movedFrom) {
    return (
      <Notice
        tone="warn"
        title={t('scheduling.one.movedTitle')}
        actions={
          <Button look="primary" busy={acknowledge.busy} onClick={() => void know()}>
            {t('scheduling.one.acknowledge')}
          </Button>
        }
      >
        <p>{t('scheduling.one.movedText', { when: whenText(movedFrom.start), name: movedFrom.workerName })}</p>
        <ProblemNotice error={acknowledge.problem} />
      </Notice>
    )
  }
  if (state === 'cancelled')
    return (
      <Notice tone={cancelledBy === 'station' ? 'warn' : 'info'} still>
        {cancelledBy === 'station'
          ? t('scheduling.one.cancelledByStation', { reason: cancelReason ?? '' })
          : t('scheduling.one.cancelledByYou')}
      </Notice>
    )
  return fresh ? <JustBooked state={state} /> : null
}

function JustBooked({ state }: { state: Full['state'] }) {
  if (state === 'requested')
    return (
      <Notice tone="success" title={t('scheduling.book.done')}>
        <p>{t('scheduling.book.doneText')}</p>
      </Notice>
    )
  return state === 'confirmed' && <Notice tone="success" title={t('scheduling.book.doneConfirmed')} />
}

function What({ appointment }: { appointment: Full }) {
  const { start, end, kind, facility, patient, reason, programme, worker, queueNo, helperName } = appointment
  return (
    <Card>
      <Row spread>
        <StateTag state={appointment.state} />
      </Row>
      {worker && <WorkerFace worker={worker} />}
      <Facts
        facts={[
          {
            icon: 'clock',
            label: t('scheduling.fact.when'),
            value: `${formatTime(start)}–${formatTime(end)}, ${dayText(localDay(new Date(start)))}`,
          },
          queueNo !== null && { icon: 'users', label: t('scheduling.one.queueNo'), value: queueNo },
          { icon: kindIcon[kind], label: t('scheduling.fact.how'), value: named('kind', kind) },
          { icon: 'home', label: t('scheduling.fact.where'), value: facility.name },
          { icon: 'user', label: t('scheduling.fact.patient'), value: patient.fullName },
          helperName !== null && { icon: 'users', label: t('scheduling.fact.helper'), value: helperName },
          reason !== '' && { icon: 'edit', label: t('scheduling.fact.why'), value: reason },
          programme !== null && {
            icon: 'heart-pulse',
            label: t('scheduling.fact.programme'),
            value: named('programme', programme),
          },
        ]}
      />
    </Card>
  )
}

function History({ appointment }: { appointment: Full }) {
  return (
    <details className={css.history}>
      <summary>{t('scheduling.one.history')}</summary>
      <ol className={css.events}>
        {appointment.history.map((one) => (
          <li key={one.at}>
            <span>{formatDateTime(one.at)}</span>
            <strong>{named('state', one.state)}</strong>
            <span>
              {[one.byName ?? named('one.by', one.by), whenText(one.start), one.workerName].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}

const isComing = ({ state }: Full): boolean => ['requested', 'confirmed', 'moved'].includes(state)
const isOver = ({ state }: Full): boolean => ['cancelled', 'no_show', 'done'].includes(state)

function Advice({ appointment }: { appointment: Full }) {
  if (!isComing(appointment)) return null
  const remote = isRemote(appointment.kind)
  return (
    <p className={css.advice}>
      {t(remote ? 'scheduling.one.prepare' : 'scheduling.one.bring')}
      {remote && !mayJoin(appointment) && <> {t('scheduling.mine.joinFrom')}</>}
    </p>
  )
}

function CalendarButton({ appointment }: { appointment: Full }) {
  const title = `${named('kind', appointment.kind)} · ${appointment.facility.name}`
  return (
    <Button wide icon="calendar" onClick={() => offerCalendarFile(appointment, title)}>
      {t('scheduling.one.calendar')}
    </Button>
  )
}

function BookAgain({ appointment: { facility, worker, patient } }: { appointment: Full }) {
  return (
    <LinkButton
      wide
      icon="plus"
      href={bookingAddress({
        facilityId: facility.id,
        practitionerId: worker?.personId ?? null,
        patientId: patient.id,
      })}
    >
      {t('scheduling.one.again')}
    </LinkButton>
  )
}

function AppointmentActions({ appointment }: { appointment: Full }) {
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null)
  const { may } = appointment
  return (
    <div className={css.actions}>
      <VisitLink appointment={appointment} wide />
      {may.includes('move') && (
        <Button wide icon="clock" onClick={() => setOpen('move')}>
          {t('scheduling.one.move')}
        </Button>
      )}
      {isComing(appointment) && <CalendarButton appointment={appointment} />}
      {may.includes('cancel') && (
        <Button wide look="quiet" icon="x" onClick={() => setOpen('cancel')}>
          {t('scheduling.one.cancel')}
        </Button>
      )}
      {isOver(appointment) && <BookAgain appointment={appointment} />}
      <Advice appointment={appointment} />
      {open === 'move' && <MoveDialog appointment={appointment} onClose={() => setOpen(null)} />}
      {open === 'cancel' && <CancelDialog appointment={appointment} onClose={() => setOpen(null)} />}
    </div>
  )
}

/** One appointment: what, when, with whom, and what can still be done about it. */
export default function AppointmentPage() {
  const id = useParam('id')
  const fresh = useSearch().get('new') === '1'
  useAppointmentNews()
  const { data, error, isPending, refetch } = useRead('scheduling.getAppointment', { params: { id } })
  const back = { href: '/appointments', label: t('scheduling.mine.title') }
  return (
    <>
      <PageHeader
        title={data ? named('kind', data.kind) : t('scheduling.one.title')}
        back={back}
        lead={data && whenText(data.start)}
      />
      {isPending && <Skeleton label={t('state.loading')} lines={6} card />}
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {data && (
        <Stack gap={4}>
          <News appointment={data} fresh={fresh} />
          <div className={css.columns}>
            <What appointment={data} />
            <AppointmentActions appointment={data} />
          </div>
          <History appointment={data} />
        </Stack>
      )}
    </>
  )
}
