import { Button, Notice } from '@moinha/ui'
import type { VisitView } from '@moinha/contracts/calls'
import { type ReactNode, useEffect } from 'react'
import { refusalText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { prepareTransport } from '../transport/open-transport.ts'
import css from './call-lobby.module.css'
import { Elsewhere } from './elsewhere.tsx'
import { LevelMeter } from './level-meter.tsx'
import { LinkWords, useMeasuredLink, type MeasuredLink } from './link-check.tsx'
import { MediaProblems } from './media-problems.tsx'
import { OwnPicture } from './own-picture.tsx'
import { SpeakerTest } from './speaker-test.tsx'
import { PanelButtons } from './panel-beside.tsx'
import type { Panels } from './use-panels.ts'
import { useStore } from './use-store.ts'

interface LobbyProps {
  session: CallSession
  visit: VisitView | undefined
  name: string
  outside?: ReactNode
  panels: Panels
}

/** Before entering: who is there, how we look and sound, and the two ways in. Nothing is sent yet. */
export function CallLobby({ session, visit, name, outside, panels }: LobbyProps) {
  const { phase, refusal, refusalParams } = useStore(session)
  const media = useStore(session.media)
  const link = useMeasuredLink(visit !== undefined)
  usePreparedEngine(visit?.transport)
  const joining = phase === 'joining'
  return (
    <div className={css.lobby}>
      <Self session={session} name={name} />
      <div className={css.words}>
        <h1 className={css.heading}>
          {t(visit?.kind === 'meeting' ? 'calls.lobby.headingMeeting' : 'calls.lobby.heading')}
        </h1>
        <Company visit={visit} />
        {refusal === 'CALL_ELSEWHERE' && <Elsewhere session={session} />}
        {refusal !== null && refusal !== 'CALL_ELSEWHERE' && (
          <Notice tone="error">{refusalText(refusal, refusalParams)}</Notice>
        )}
        <MediaProblems media={media} />
        <WaysIn session={session} link={link} joining={joining} mute={media.problems.microphone !== null} />
        <p role="status">{joining ? t('calls.lobby.joining') : ''}</p>
        <LinkWords grade={link.grade} check={link.check} />
        <PanelButtons panels={panels} />
        {outside}
      </div>
    </div>
  )
}

/** How we look and sound, before anybody else sees it. */
function Self({ session, name }: Pick<LobbyProps, 'session' | 'name'>) {
  const { camera, microphone } = useStore(session.media)
  return (
    <div className={css.self}>
      <OwnPicture
        track={camera}
        name={name}
        label={t(camera === null ? 'calls.lobby.noPreview' : 'calls.lobby.preview')}
      />
      {microphone === null ? (
        <Button icon="mic" onClick={() => void tryOut(session)}>
          {t('calls.lobby.try')}
        </Button>
      ) : (
        <LevelMeter track={microphone} />
      )}
      <SpeakerTest />
    </div>
  )
}

interface WaysInProps {
  session: CallSession
  link: MeasuredLink
  joining: boolean
  /** The microphone cannot be had: to listen is left. */
  mute: boolean
}

function WaysIn({ session, link, joining, mute }: WaysInProps) {
  const { weak } = link
  // who chose the voice gets it alone, until the link is seen to bear more
  const voice = { picture: false, pictures: weak ? 'none' : 'all' } as const
  const way = (look: 'primary' | 'secondary') => ({ look, wide: true, className: css.way, busy: joining })
  return (
    <div className={css.ways}>
      <Button {...way(weak ? 'primary' : 'secondary')} icon="phone" onClick={() => void session.join(voice)}>
        {t('calls.lobby.voice')}
      </Button>
      <Button
        {...way(weak ? 'secondary' : 'primary')}
        icon="video"
        onClick={() => void session.join({ picture: true, pictures: link.pictures })}
      >
        {t('calls.lobby.picture')}
      </Button>
      {mute && (
        <Button
          look="quiet"
          icon="sound"
          wide
          busy={joining}
          onClick={() => void session.join({ ...voice, listenOnly: true })}
        >
          {t('calls.lobby.listen')}
        </Button>
      )}
    </div>
  )
}

async function tryOut(session: CallSession): Promise<void> {
  await session.media.openMicrophone()
  await session.media.openCamera()
}

function Company({ visit }: { visit: VisitView | undefined }) {
  if (visit === undefined) return null
  const others = visit.members.filter((member) => member.personId !== visit.self && member.name !== '')
  const waiting = others.filter((member) => member.present)
  const names = (list: typeof others): string => list.map((member) => member.name).join(', ')
  if (waiting.length > 0) return <p>{t('calls.lobby.waiting', { names: names(waiting) })}</p>
  return (
    <>
      {others.length > 0 && <p>{t('calls.lobby.with', { names: names(others) })}</p>}
      <p>{t('calls.lobby.alone')}</p>
    </>
  )
}

/** The engine's code comes while one looks into the mirror: on a thin link most of the wait for the first word. */
function usePreparedEngine(kind: VisitView['transport'] | undefined): void {
  useEffect(() => {
    // fetched in vain or not at all, joining fetches it again
    if (kind !== undefined) void prepareTransport(kind).catch(() => undefined)
  }, [kind])
}
