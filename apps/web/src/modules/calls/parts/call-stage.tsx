import type { VisitView } from '@moinha/contracts/calls'
import { type ComponentType, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { holdForCall } from '../../../platform/change-over/in-call.ts'
import { PageFault } from '../../../platform/errors/index.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { CallSession, type Entering } from '../call-session.ts'
import { useVisit } from '../data.ts'
import type { FarFrame } from '../far/far-frame.ts'
import type { FarRoomProps } from '../far/far-room.tsx'
import { Announcer } from './announcer.tsx'
import { CallAfter } from './call-after.tsx'
import { CallLobby } from './call-lobby.tsx'
import { CallRoom } from './call-room.tsx'
import css from './call-stage.module.css'
import { PanelBeside } from './panel-beside.tsx'
import { usePart } from './panel-place.tsx'
import { PanelWatches } from './panel-watches.tsx'
import type { RoomPanel } from './room-panels.ts'
import { type Panels, usePanels } from './use-panels.ts'
import { useStore } from './use-store.ts'
import { WaitingAtDoor } from './waiting-at-door.tsx'

export interface CallStageProps {
  visitId: string
  /** Our own name, for the disc that stands in for our picture. */
  displayName?: string
  /** A way out shown in the lobby and after leaving, e.g. a link home. */
  outside?: ReactNode
  onJoined?: () => void
  onLeft?: () => void
  onFinished?: () => void
  /** Panels of whoever brings this stage, before the room's own. */
  panels?: readonly RoomPanel[]
  /** Enters without asking at the door: the tap that led here said how. */
  enterAtOnce?: Entering
  /** The page around has its own way to end the visit. */
  endsElsewhere?: boolean
  /** A meeting room's own screen in place of everything else. */
  far?: FarFrame
}

const noPanels: readonly RoomPanel[] = []

/** One visit from the door to the room and back; fills whatever box it is put in. */
export function CallStage({
  visitId,
  displayName = '',
  outside,
  onJoined,
  onLeft,
  onFinished,
  far,
  ...more
}: CallStageProps) {
  useLanguage()
  const [session] = useState(() => new CallSession(visitId))
  useEffect(() => () => session.close(), [session])
  const { phase, call } = useStore(session)
  const visit = useVisit(visitId).data
  const finished = visit !== undefined && visit.finishedAt !== null
  useEffect(() => {
    if (finished) session.finish()
  }, [finished, session])
  useEffect(() => {
    if (visit !== undefined) session.signs.seed(visit)
  }, [visit, session])
  const self = visit?.self ?? null
  useEffect(() => {
    if (self !== null) void session.comeBack(self)
  }, [self, session])
  useEffect(() => (phase === 'joining' || phase === 'inside' ? holdForCall() : undefined), [phase])
  usePhaseTold(phase, { inside: onJoined, left: onLeft, finished: onFinished })
  const panels = usePanels({ visitId, visit, session, call }, more.panels ?? noPanels)
  useEnterAtOnce(session, more.enterAtOnce)
  const box = useRef<HTMLElement>(null)
  useEscape(box, panels)
  useEffect(() => {
    // A button that vanished with its phase would drop keyboard and screen reader at the top of the page.
    if (!far && phase !== 'lobby' && phase !== 'joining') box.current?.focus({ preventScroll: true })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- at a change of phase alone
  }, [phase])
  return (
    <section ref={box} className={css.stage} tabIndex={-1} aria-label={t('calls.room.label')} data-phase={phase}>
      <Announcer session={session} inside={phase === 'inside'} />
      {far ? (
        <FarPlace session={session} visit={visit} name={displayName} frame={far} />
      ) : (
        <Near {...{ visitId, visit, session, outside, panels }} name={displayName} endsElsewhere={more.endsElsewhere} />
      )}
    </section>
  )
}

interface NearProps extends Pick<CallStageProps, 'visitId' | 'outside'> {
  endsElsewhere: boolean | undefined
  visit: VisitView | undefined
  session: CallSession
  name: string
  panels: Panels
}

/** As it looks on a desk or in a hand. */
function Near({ visitId, visit, session, name, outside, panels, endsElsewhere = false }: NearProps) {
  const { phase } = useStore(session)
  return (
    <>
      {phase !== 'finished' && <PanelWatches panels={panels} />}
      {(phase === 'lobby' || phase === 'joining') && (
        <PanelBeside panels={panels}>
          {visit?.waits === true ? (
            <WaitingAtDoor visitId={visitId} outside={outside} />
          ) : (
            <CallLobby session={session} visit={visit} name={name} outside={outside} panels={panels} />
          )}
        </PanelBeside>
      )}
      {phase === 'inside' && (
        <CallRoom session={session} visit={visit} name={name} panels={panels} endsElsewhere={endsElsewhere} />
      )}
      {(phase === 'left' || phase === 'replaced' || phase === 'finished') && (
        <PanelBeside panels={panels}>
          <CallAfter visit={visit} session={session} phase={phase} outside={outside} panels={panels} />
        </PanelBeside>
      )}
    </>
  )
}

const farRoom = (): Promise<ComponentType<FarRoomProps>> => import('../far/far-room.tsx').then(({ FarRoom }) => FarRoom)

/** Its code comes only to machines that hang on a wall. */
function FarPlace(props: FarRoomProps) {
  const { Part, failed, bring } = usePart(farRoom)
  if (failed) return <PageFault onRetry={bring} />
  return Part === null ? null : <Part {...props} />
}

/** Once: who steps out on purpose is not pulled back in. */
function useEnterAtOnce(session: CallSession, entering: Entering | undefined): void {
  const [how] = useState(entering)
  useEffect(() => {
    if (how !== undefined) void session.join(how)
  }, [session, how])
}

function usePhaseTold(phase: string, tell: Record<string, (() => void) | undefined>): void {
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => latest.current[phase]?.(), [phase])
}

/** Escape closes the open panel from wherever the keyboard is in the stage; a dialog keeps it for itself. */
function useEscape(box: RefObject<HTMLElement | null>, { open, close }: Panels): void {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  useEffect(() => {
    const stage = box.current
    if (stage === null || open === null) return
    const pressed = (event: KeyboardEvent): void => {
      const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
      if (event.key === 'Escape' && !inDialog) latest.current()
    }
    stage.addEventListener('keydown', pressed)
    return () => stage.removeEventListener('keydown', pressed)
  }, [box, open])
}
