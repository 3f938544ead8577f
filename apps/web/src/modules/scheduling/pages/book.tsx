import { EmptyState, LinkButton, PageHeader, Skeleton } from '@moinha/ui'
import { useEffect } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate, usePlace } from '../../../platform/router/index.ts'
import { type Me, useSession } from '../../../platform/session/index.ts'
import { choose, useWish, type Wish } from '../booking-draft.ts'
import { useTyped } from '../booking-typed.ts'
import { type Station, useAppointmentNews } from '../data.ts'
import { CheckStep } from '../parts/book-check.tsx'
import { StepBar } from '../parts/book-steps.tsx'
import { WhenStep } from '../parts/book-when.tsx'
import { WhoStep } from '../parts/book-who.tsx'

/** Before anything is chosen for a person, it must be known who chooses; the way there and back keeps every choice. */
function SignInFirst() {
  const { path, search } = usePlace()
  return (
    <EmptyState
      picture="people"
      title={t('scheduling.book.signIn')}
      actions={
        <LinkButton look="primary" icon="phone" href={`/sign-in?next=${encodeURIComponent(path + search)}`}>
          {t('account.signIn')}
        </LinkButton>
      }
    >
      <p>{t('scheduling.book.signInText')}</p>
    </EmptyState>
  )
}

function CitizensOnly() {
  return (
    <EmptyState
      picture="people"
      title={t('scheduling.book.citizensOnly')}
      actions={
        <LinkButton look="primary" href="/work/today">
          {t('scheduling.book.toDesk')}
        </LinkButton>
      }
    >
      <p>{t('scheduling.book.citizensOnlyText')}</p>
    </EmptyState>
  )
}

interface StepsProps {
  me: Me
  wish: Wish
  station: Station
}

/** The step of the address. Free times are for everyone; before a person is chosen for, somebody signs in. */
function Steps({ me, wish, station }: StepsProps) {
  const { typed, type, forget } = useTyped()
  const { person } = me
  if (!person && (wish.step === 'check' || wish.start !== null)) return <SignInFirst />
  const step = person ? wish.step : 'when'
  return (
    <>
      <StepBar step={step} wish={wish} />
      {step === 'who' && <WhoStep me={me} wish={wish} typed={typed} type={type} />}
      {step === 'when' && (
        <WhenStep
          wish={wish}
          station={station}
          patientId={person && (wish.patientId ?? person.id)}
          reason={typed.reason}
          onChoose={(change) => choose(wish, change)}
        />
      )}
      {step === 'check' && (
        <CheckStep me={me} wish={wish} station={station} typed={typed} type={type} forget={forget} />
      )}
    </>
  )
}

const noStation = '00000000-0000-4000-8000-000000000000'

/** Three calm steps: who, what and when, check. */
export default function BookPage() {
  const wish = useWish()
  const { me } = useSession()
  useAppointmentNews()
  const { facilityId } = wish
  useEffect(() => {
    if (!facilityId) navigate('/find', { replace: true })
  }, [facilityId])
  const {
    data: station,
    error,
    refetch,
  } = useRead('scheduling.stationSchedule', { params: { facilityId: facilityId || noStation } })
  if (me?.person?.kind === 'staff') return <CitizensOnly />
  return (
    <>
      <PageHeader
        title={t('scheduling.book.title')}
        back={{ href: `/stations/${facilityId}`, label: station?.facility.name ?? t('do.back') }}
      />
      {facilityId && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {me && station ? (
        <Steps me={me} wish={wish} station={station} />
      ) : (
        !error && <Skeleton label={t('state.loading')} lines={6} card />
      )}
    </>
  )
}
