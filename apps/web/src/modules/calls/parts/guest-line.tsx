import type { Guest } from '@moinha/contracts/calls'
import { Button, ConfirmDialog, toast } from '@moinha/ui'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { roleName } from '../data.ts'
import { guestLink } from '../guest-link.ts'
import css from './guests.module.css'

const QrPicture = lazy(() =>
  import('../../../platform/qr/qr-picture.tsx').then((file) => ({ default: file.QrPicture })),
)

/** Minutes are shown; so often is looked. */
const lookMs = 10_000

interface GuestLineProps {
  visitId: string
  guest: Guest
  /** Made just now: its link is what the host wants next, and it may lie below the edge of a phone. */
  fresh: boolean
}

/** One guest or open invitation: how it stands, and what the host can do. */
export function GuestLine({ visitId, guest, fresh }: GuestLineProps) {
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (fresh) line.current?.focus()
  }, [fresh])
  return (
    <li ref={line} tabIndex={-1} className={css.line} data-guest={guest.guestId} data-state={guest.state}>
      <p className={css.who}>
        <strong>{guest.name}</strong>
        <span>{roleName(guest.kind)}</span>
      </p>
      <p className={css.state} role="status">
        <StateOf guest={guest} />
      </p>
      {guest.secret !== null && <LinkButtons name={guest.name} link={guestLink(guest.secret)} />}
      <EndGuest visitId={visitId} guest={guest} />
    </li>
  )
}

function StateOf({ guest: { state, present, enterUntil } }: { guest: Guest }) {
  const left = useMinutesLeft(enterUntil)
  if (state === 'entered') return t(present ? 'calls.guests.inside' : 'calls.guests.outside')
  if (state === 'expired' || left <= 0) return t('calls.guests.expired')
  return t('calls.guests.left', { count: left })
}

const minutesTo = (until: string): number => Math.ceil((Date.parse(until) - Date.now()) / 60_000)

function useMinutesLeft(until: string): number {
  const [left, setLeft] = useState(() => minutesTo(until))
  useEffect(() => {
    const timer = setInterval(() => setLeft(minutesTo(until)), lookMs)
    return () => clearInterval(timer)
  }, [until])
  useEffect(() => {
    if (left <= 0) void refresh('calls.listGuests')
  }, [left])
  return left
}

function LinkButtons({ name, link }: { name: string; link: string }) {
  const [shown, setShown] = useState(false)
  const copy = (): void =>
    void navigator.clipboard.writeText(link).then(
      () => toast({ text: t('calls.guests.copied') }),
      () => toast({ text: t('calls.guests.notCopied') }),
    )
  const share = (): void =>
    void navigator.share({ text: t('calls.guests.shareText', { name }), url: link }).catch(() => undefined)
  return (
    <>
      <div className={css.buttons}>
        <Button look="primary" icon="copy" onClick={copy}>
          {t('calls.guests.copy')}
        </Button>
        {'share' in navigator && (
          <Button icon="message" onClick={share}>
            {t('calls.guests.share')}
          </Button>
        )}
        <Button look="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'calls.guests.qrHide' : 'calls.guests.qr')}
        </Button>
      </div>
      {shown && (
        <div className={css.qr}>
          <Suspense>
            <QrPicture text={link} label={t('calls.guests.qrLabel', { name })} />
          </Suspense>
        </div>
      )}
    </>
  )
}

/** An unused link is withdrawn with one tap; a person is asked about first. */
function EndGuest({ visitId, guest: { guestId, name, state } }: { visitId: string; guest: Guest }) {
  const [asking, setAsking] = useState(false)
  const end = useSend('calls.endGuest')
  const entered = state === 'entered'
  const run = async (): Promise<void> => {
    await end.run({ params: { visitId, guestId } })
    setAsking(false)
    await refresh('calls.listGuests', 'calls.getVisit')
  }
  return (
    <>
      <div className={css.buttons}>
        <Button
          look={entered ? 'danger' : 'quiet'}
          icon={entered ? 'door' : 'x'}
          busy={end.busy}
          aria-label={t(entered ? 'calls.guests.showOutLabel' : 'calls.guests.withdrawLabel', { name })}
          onClick={() => (entered ? setAsking(true) : void run())}
        >
          {t(entered ? 'calls.guests.showOut' : 'calls.guests.withdraw')}
        </Button>
      </div>
      <ProblemNotice error={end.problem} />
      <ConfirmDialog
        open={asking}
        danger
        busy={end.busy}
        title={t('calls.guests.showOutAsk', { name })}
        confirmLabel={t('calls.guests.showOut')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void run()}
        onCancel={() => setAsking(false)}
      >
        {t('calls.guests.showOutText')}
      </ConfirmDialog>
    </>
  )
}
