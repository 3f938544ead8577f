import type { VisitView } from '@moinha/contracts/calls'
import { Button, EmptyState } from '@moinha/ui'
import type { ReactNode } from 'react'
import { openedAsGuest } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import css from './call-after.module.css'
import { PanelButtons } from './panel-beside.tsx'
import { usePart } from './panel-place.tsx'
import type { Panels } from './use-panels.ts'

interface CallAfterProps {
  visit: VisitView | undefined
  session: CallSession
  phase: 'left' | 'replaced' | 'finished'
  outside?: ReactNode
  panels: Panels
}

/** A meeting leaves no conclusion for a patient, and a guest cannot open the one that a visit leaves. */
function toldOfEnd(kind: string | undefined): { title: string; text: string } {
  if (kind === 'meeting') return { title: t('calls.after.meeting'), text: t('calls.after.meetingText') }
  const text = t(openedAsGuest() ? 'calls.after.finishedGuest' : 'calls.after.finishedText')
  return { title: t('calls.after.finished'), text }
}

/** The words of each phase; a finished visit has no way back. */
function told(phase: CallAfterProps['phase'], kind?: string): { title: string; text: string; back?: string } {
  if (phase === 'finished') return toldOfEnd(kind)
  if (phase === 'replaced')
    return { title: t('calls.after.replaced'), text: t('calls.after.replacedText'), back: t('calls.after.here') }
  return { title: t('calls.after.left'), text: t('calls.after.leftText'), back: t('calls.after.back') }
}

/** Out of the room: what that means, and the way back while there is one. */
export function CallAfter({ visit, session, phase, outside, panels }: CallAfterProps) {
  const { title, text, back } = told(phase, visit?.kind)
  return (
    <>
      <EmptyState
        picture="people"
        title={title}
        actions={
          back ? (
            <>
              <Button look="primary" icon="arrow-left" onClick={() => void session.rejoin()}>
                {back}
              </Button>
              <PanelButtons panels={panels} />
              {outside}
            </>
          ) : (
            outside
          )
        }
      >
        {text}
      </EmptyState>
      {visit !== undefined && mayReadKept(visit) && (
        <div className={css.after}>
          <Recorded visitId={visit.visitId} />
          {phase === 'finished' && <Written visitId={visit.visitId} />}
        </div>
      )}
    </>
  )
}

/** Those whom the server may show it; the others need not ask. */
const mayReadKept = ({ mayFinish, members, self }: VisitView): boolean =>
  mayFinish || members.some(({ personId, role }) => personId === self && role === 'patient')

/** The last seconds arrive after one has left. */
const lookMs = 10_000
const history = () => import('../recording/recording-history.tsx').then(({ RecordingHistory }) => RecordingHistory)

function Recorded({ visitId }: { visitId: string }) {
  const { Part } = usePart(history)
  return Part !== null && <Part visitId={visitId} lookMs={lookMs} />
}

const messages = () => import('../chat/message-history.tsx').then(({ MessageHistory }) => MessageHistory)

/** Nothing more is written: what was is read here. */
function Written({ visitId }: { visitId: string }) {
  const { Part } = usePart(messages)
  return Part !== null && <Part visitId={visitId} />
}
