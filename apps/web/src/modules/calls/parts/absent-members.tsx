import { Button } from '@moinha/ui'
import type { VisitView } from '@moinha/contracts/calls'
import { useEffect, useRef, useState } from 'react'
import { newId, openedAsGuest, useSend } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { partName } from '../data.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import css from './call-room.module.css'

type Member = VisitView['members'][number]

/** Members who are not in the room, each with a ring. */
export function AbsentMembers({ visit, call }: { visit: VisitView; call: CallSnapshot }) {
  const { me } = useSession()
  // who has been lost for long can be rung like somebody who never came
  const there = call.participants.filter((person) => person.state !== 'away')
  const inside = new Set(there.map((person) => person.personId))
  const absent = visit.members.filter(
    (member) => member.personId !== me?.person?.id && !inside.has(member.personId) && member.name !== '',
  )
  // a guest rings nobody, and is not told who is missing
  if (absent.length === 0 || openedAsGuest()) return null
  return (
    <section className={css.absent} aria-label={t('calls.absent.heading')}>
      <ul className={css.absentList}>
        {absent.map((member) => (
          <AbsentMember key={member.personId} visitId={visit.visitId} member={member} />
        ))}
      </ul>
    </section>
  )
}

type Ringing = { ringId: string; until: number }

/** Our ring at one member: begun, stopped, or come to its end. */
function useRing(visitId: string, personId: Member['personId']) {
  const [ringing, setRinging] = useState<Ringing | null>(null)
  const [declined, setDeclined] = useState(false)
  const ring = useSend('calls.ringMember')
  const cancel = useSend('calls.cancelRing')
  useRingEnd(ringing, (unanswered) => {
    setRinging(null)
    setDeclined(unanswered)
  })
  const start = async (): Promise<void> => {
    setDeclined(false)
    const answer = await ring.run({ params: { visitId }, body: { ringId: newId(), personId } })
    if (answer !== undefined) setRinging({ ringId: answer.ringId, until: Date.parse(answer.until) })
  }
  const stop = async (): Promise<void> => {
    if (ringing !== null) await cancel.run({ params: { visitId }, body: { ringId: ringing.ringId } })
    setRinging(null)
  }
  return { ringing, declined, problem: ring.problem, busy: ring.busy, start, stop }
}

function ringText({ problem, ringing, declined }: ReturnType<typeof useRing>): string {
  if (problem) return problemText(problem)
  if (ringing) return t('calls.absent.ringing')
  return declined ? t('calls.absent.declined') : ''
}

function RingButton({ ringing, busy, start, stop, name }: ReturnType<typeof useRing> & { name: string }) {
  return ringing === null ? (
    <Button
      small
      icon="bell"
      busy={busy}
      aria-label={t('calls.absent.ringLabel', { name })}
      onClick={() => void start()}
    >
      {t('calls.absent.ring')}
    </Button>
  ) : (
    <Button small look="quiet" icon="x" onClick={() => void stop()}>
      {t('calls.absent.stop')}
    </Button>
  )
}

function AbsentMember({ visitId, member }: { visitId: string; member: Member }) {
  const ring = useRing(visitId, member.personId)
  return (
    <li className={css.absentMember}>
      <span>
        <strong>{member.name}</strong> {partName(member)}
      </span>
      <span role="status">{ringText(ring)}</span>
      <RingButton {...ring} name={member.name} />
    </li>
  )
}

/** Tells when our ring ends: answered elsewhere, declined, or nobody came. */
function useRingEnd(ringing: Ringing | null, ended: (unanswered: boolean) => void): void {
  useLive('call:ring-over', (message: { ringId: string; state: string }) => {
    if (message.ringId === ringing?.ringId) ended(message.state === 'declined')
  })
  const latest = useRef(ended)
  useEffect(() => {
    latest.current = ended
  })
  useEffect(() => {
    if (ringing === null) return
    const timer = setTimeout(() => latest.current(true), Math.max(0, ringing.until - Date.now()))
    return () => clearTimeout(timer)
  }, [ringing])
}
