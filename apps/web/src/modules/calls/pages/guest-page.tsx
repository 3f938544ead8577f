import type { GuestSelf, GuestWelcome } from '@moinha/contracts/calls'
import { Button, EmptyState, Skeleton } from '@moinha/ui'
import { useCallback, useEffect, useState } from 'react'
import { isProblem, openAsGuest, refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { roleName } from '../data.ts'
import { entranceKey, forgetLink, linkOfAddress } from '../guest-link.ts'
import { CallPlace } from '../parts/call-place.tsx'
import { useWholeScreen } from '../parts/use-whole-screen.ts'
import css from './guest-page.module.css'

// before anything is asked for: the same browser may hold somebody's session
openAsGuest()

/** A guest's way into a visit: who invites, one button, then the same room as everybody's. */
export default function GuestPage() {
  const [link, setLink] = useState(linkOfAddress)
  const [entered, setEntered] = useState<GuestSelf | null>(null)
  const known = useRead('calls.guestSelf')
  const self = useLast(entered ?? known.data?.guest ?? null)
  const enter = (guest: GuestSelf): void => {
    forgetLink()
    setLink('')
    setEntered(guest)
  }
  if (link !== '' && entered === null) return <Invitation link={link} self={self} onEnter={enter} />
  if (self !== null) return <GuestRoom key={self.guestId} self={self} />
  if (known.isPending) return <Skeleton label={t('state.loading')} lines={5} />
  if (known.error) return <ProblemNotice error={known.error} onRetry={() => void refresh('calls.guestSelf')} />
  return (
    <EmptyState picture="people" title={t('calls.guest.none')}>
      {t('calls.guest.noneText')}
    </EmptyState>
  )
}

/** Who was shown out is told so by the room, and not that they never were in it. */
function useLast(self: GuestSelf | null): GuestSelf | null {
  const [last, setLast] = useState(self)
  if (self !== null && self.guestId !== last?.guestId) setLast(self)
  return self ?? last
}

interface InvitationProps {
  link: string
  /** As whom this browser is a guest already. */
  self: GuestSelf | null
  onEnter(guest: GuestSelf): void
}

/** Who invites whom, read when the page opens. */
function useWelcome(link: string) {
  const look = useSend('calls.lookGuestLink')
  const [welcome, setWelcome] = useState<GuestWelcome | null>(null)
  const { run, problem } = look
  const read = useCallback(async (): Promise<void> => {
    const found = await run({ body: { secret: link } })
    if (found) setWelcome(found)
  }, [run, link])
  useEffect(() => void read(), [read])
  return { welcome, problem, read }
}

function Invitation({ link, self, onEnter }: InvitationProps) {
  const { welcome, problem, read } = useWelcome(link)
  const enter = useSend('calls.enterAsGuest')
  const used = isProblem(problem, 'GUEST_LINK_USED')
  useEffect(() => {
    // their own link, opened once more in the browser that used it
    if (used && self !== null) onEnter(self)
  }, [used, self, onEnter])
  const submit = async (): Promise<void> => {
    const guest = await enter.run({ body: { secret: link, key: entranceKey() } })
    if (guest) onEnter(guest)
  }
  if (problem)
    return (
      <div className={css.sheet}>
        <h1>{t('calls.guest.refused')}</h1>
        <ProblemNotice error={problem} {...(problem.status === 0 && { onRetry: () => void read() })} />
      </div>
    )
  if (welcome === null) return <Skeleton label={t('state.loading')} lines={5} />
  return <Welcome welcome={welcome} problem={enter.problem} busy={enter.busy} onEnter={() => void submit()} />
}

interface WelcomeProps {
  welcome: GuestWelcome
  problem: Error | null
  busy: boolean
  onEnter(): void
}

function Welcome({ welcome, problem, busy, onEnter }: WelcomeProps) {
  return (
    <div className={css.sheet}>
      <h1>{t('calls.guest.hello', { name: welcome.name })}</h1>
      <p className={css.host}>{t('calls.guest.invited', { host: welcome.invitedBy })}</p>
      <p>{t('calls.guest.part', { role: roleName(welcome.kind) })}</p>
      <ProblemNotice error={problem} />
      <Button look="primary" icon="video" wide busy={busy} onClick={onEnter}>
        {t('calls.guest.enter')}
      </Button>
      <p className={css.rules}>{t('calls.guest.rules')}</p>
    </div>
  )
}

function GuestRoom({ self }: { self: GuestSelf }) {
  const [out, setOut] = useState(false)
  const [box, style] = useWholeScreen()
  useLive('call:removed', ({ visitId }: { visitId: string }) => visitId === self.visitId && setOut(true))
  if (out)
    return (
      <EmptyState picture="people" title={t('calls.guest.out')}>
        {t('calls.guest.outText')}
      </EmptyState>
    )
  return (
    <div ref={box} className={css.room} style={style}>
      <CallPlace visitId={self.visitId} displayName={self.name} />
    </div>
  )
}
