import { Button, Card, LinkButton, Notice } from '@moinha/ui'
import { useEffect, useRef } from 'react'
import { type ApiProblem, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import type { Me } from '../../../platform/session/index.ts'
import { bookingAddress, choose, type Wish } from '../booking-draft.ts'
import type { Typed } from '../booking-typed.ts'
import { type AppointmentKind, kindIcon, named, nearestOf, type NearestTime, type Station, whenText } from '../data.ts'
import { type Fact, Facts } from './appointment-facts.tsx'
import css from './book-steps.module.css'
import { NearestTimes } from './nearest-times.tsx'
import { JoinWaitlist } from './waitlist.tsx'
import { WorkerFace } from './worker-face.tsx'

interface CheckProps {
  me: Me
  wish: Wish
  station: Station
  typed: Typed
  type: (change: Partial<Typed>) => void
  forget: () => void
}

type Programme = 'antenatal' | 'hypertension' | 'child_health' | 'other'

/** Sends the booking. A lost slot keeps everything; another time gets another id, since it is another booking. */
function useBooking({ wish, typed, type, forget, me }: CheckProps) {
  const sending = useSend('scheduling.bookAppointment')
  const { facilityId, practitionerId, kind, start } = wish
  const patientId = wish.patientId ?? me.person?.id ?? ''
  const submit = async (): Promise<void> => {
    if (!practitionerId || !kind || !start) return
    const booked = await sending.run({
      body: {
        id: typed.id,
        facilityId,
        practitionerId,
        patientId,
        start,
        kind,
        reason: typed.reason,
        programme: (typed.programme || null) as Programme | null,
      },
    })
    if (booked) {
      forget()
      navigate(`/appointments/${booked.id}?new=1`, { replace: true })
    }
    await refresh('scheduling.')
  }
  const take = (time: NearestTime): void => {
    sending.clear()
    type({ id: newId() })
    choose(wish, { practitionerId: time.practitionerId, start: time.start })
  }
  return { sending, submit, take, patientId }
}

function factsOf({ me, wish, station, typed }: CheckProps, patientId: string): (Fact | false)[] {
  const { start, kind } = wish
  const change = (step: Wish['step']) => (
    <LinkButton look="quiet" small href={bookingAddress({ ...wish, step })}>
      {t('scheduling.book.change')}
    </LinkButton>
  )
  const name =
    patientId === me.person?.id ? me.person.fullName : me.family.find((one) => one.personId === patientId)?.fullName
  return [
    { icon: 'user', label: t('scheduling.fact.patient'), value: name ?? '', trail: change('who') },
    { icon: 'clock', label: t('scheduling.fact.when'), value: start ? whenText(start) : '', trail: change('when') },
    kind !== null && { icon: kindIcon[kind], label: t('scheduling.fact.how'), value: named('kind', kind) },
    { icon: 'home', label: t('scheduling.fact.where'), value: station.facility.name },
    typed.reason.trim() !== '' && { icon: 'edit', label: t('scheduling.fact.why'), value: typed.reason },
    typed.programme !== '' && {
      icon: 'heart-pulse',
      label: t('scheduling.fact.programme'),
      value: named('programme', typed.programme),
    },
  ]
}

/** The place of the news; a refusal must not stay below the fold. */
function useNewsInView(problem: ApiProblem | null) {
  const news = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) news.current?.scrollIntoView({ block: 'center' })
  }, [problem])
  return news
}

function ToWhen({ wish }: { wish: Wish }) {
  return (
    <LinkButton look="primary" href={bookingAddress({ ...wish, step: 'when' })}>
      {t('scheduling.book.toWhen')}
    </LinkButton>
  )
}

interface RefusedProps {
  check: CheckProps
  kind: AppointmentKind
  booking: ReturnType<typeof useBooking>
}

/** What stood in the way of the booking, and what is free instead, or the waiting list. */
function Refused({ check: { wish, station, typed }, kind, booking: { sending, take, patientId } }: RefusedProps) {
  return (
    <NearestTimes
      problem={sending.problem}
      onChoose={take}
      empty={
        <JoinWaitlist
          facilityId={station.facility.id}
          practitionerId={wish.practitionerId}
          patientId={patientId}
          kind={kind}
          reason={typed.reason}
        />
      }
    />
  )
}

function SendButton({ busy, onSend }: { busy: boolean; onSend: () => void }) {
  return (
    <div className={css.actions}>
      <Button look="primary" icon="check" busy={busy} onClick={onSend}>
        {t('scheduling.book.submit')}
      </Button>
    </div>
  )
}

/** Step 3: everything in one look, then one button. */
export function CheckStep(props: CheckProps) {
  const { wish, station } = props
  const booking = useBooking(props)
  const { sending, submit, patientId } = booking
  const news = useNewsInView(sending.problem)
  const worker = station.workers.find((one) => one.personId === wish.practitionerId)
  if (!worker || !wish.start || !wish.kind) return <ToWhen wish={wish} />
  return (
    <div className={css.form}>
      <div ref={news} className={css.news}>
        <Refused check={props} kind={wish.kind} booking={booking} />
      </div>
      {!sending.problem && <p>{t('scheduling.book.checkLead')}</p>}
      <Card>
        <WorkerFace worker={worker} />
        <Facts facts={factsOf(props, patientId)} />
      </Card>
      {!sending.problem && (
        <Notice still>{t(station.autoConfirm ? 'scheduling.book.atOnce' : 'scheduling.book.willConfirm')}</Notice>
      )}
      {!nearestOf(sending.problem) && <SendButton busy={sending.busy} onSend={() => void submit()} />}
    </div>
  )
}
