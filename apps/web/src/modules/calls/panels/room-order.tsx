import { Button } from '@moinha/ui'
import { useEffect } from 'react'
import { refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import type { CallSession } from '../call-session.ts'
import type { WatchProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'
import css from './panels.module.css'

/** For all at once: microphones off, floor closed or open, hands down. */
export function RoomOrder({ visitId, session }: { visitId: string; session: CallSession }) {
  const { floorClosed, hands } = useStore(session.signs)
  const mute = useSend('calls.muteMembers')
  const floor = useSend('calls.closeFloor')
  const lower = useSend('calls.lowerHands')
  const params = { visitId }
  return (
    <>
      <div className={css.row}>
        <Button icon="mic-off" busy={mute.busy} onClick={() => void mute.run({ params, body: {} })}>
          {t('calls.people.muteAll')}
        </Button>
        <Button
          icon={floorClosed ? 'mic' : 'sound'}
          busy={floor.busy}
          onClick={() => void floor.run({ params, body: { closed: !floorClosed } })}
        >
          {t(floorClosed ? 'calls.people.openFloor' : 'calls.people.closeFloor')}
        </Button>
        {hands.size > 0 && (
          <Button icon="hand" busy={lower.busy} onClick={() => void lower.run({ params, body: {} })}>
            {t('calls.people.lowerAll')}
          </Button>
        )}
      </div>
      <ProblemNotice error={mute.problem ?? floor.problem ?? lower.problem} />
    </>
  )
}

function useWaiting(visitId: string) {
  const read = useRead('calls.listWaiting', { params: { visitId } })
  useLive('call:waiting', (message: { visitId: string }) => {
    if (message.visitId === visitId) void refresh('calls.listWaiting')
  })
  return read.data?.waiting ?? []
}

/** Who stands at the door; nothing where nobody does. */
export function WaitingList({ visitId }: { visitId: string }) {
  const waiting = useWaiting(visitId)
  const admit = useSend('calls.admitMembers')
  if (waiting.length === 0) return null
  const admitNow = (personId?: string) => () =>
    void admit.run({ params: { visitId }, body: personId === undefined ? {} : { personId } })
  return (
    <section aria-label={t('calls.people.waiting')}>
      <h3 className={css.heading}>{t('calls.people.waitingCount', { count: waiting.length })}</h3>
      <ul className={css.list}>
        {waiting.map(({ personId, name }) => (
          <li key={personId} className={css.row}>
            <strong className={css.who}>{name}</strong>
            <Button small look="primary" busy={admit.busy} onClick={admitNow(personId)}>
              {t('calls.people.admit')}
            </Button>
          </li>
        ))}
      </ul>
      {waiting.length > 1 && (
        <Button wide busy={admit.busy} onClick={admitNow()}>
          {t('calls.people.admitAll')}
        </Button>
      )}
      <ProblemNotice error={admit.problem} />
    </section>
  )
}

/** For the badge of the people: hands and, for a host of a room with a door, who waits there. */
export function PeopleWatch({ context, open, onCount }: WatchProps) {
  const { hands } = useStore(context.session.signs)
  return context.visit?.mayFinish === true && context.visit.lobby ? (
    <DoorWatch context={context} open={open} onCount={onCount} />
  ) : (
    <Count count={open || context.visit?.mayFinish !== true ? 0 : hands.size} onCount={onCount} />
  )
}

function DoorWatch({ context, open, onCount }: WatchProps) {
  const { hands } = useStore(context.session.signs)
  const waiting = useWaiting(context.visitId)
  return <Count count={open ? 0 : waiting.length + hands.size} onCount={onCount} />
}

function Count({ count, onCount }: { count: number; onCount: (count: number) => void }) {
  useEffect(() => onCount(count))
  return null
}
