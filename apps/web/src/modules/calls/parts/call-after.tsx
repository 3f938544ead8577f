import { Button, EmptyState } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { PanelButtons } from './panel-beside.tsx'
import type { Panels } from './use-panels.ts'

interface CallAfterProps {
  session: CallSession
  phase: 'left' | 'replaced' | 'finished'
  outside?: ReactNode
  panels: Panels
}

/** The words of each phase; a finished visit has no way back. */
function told(phase: CallAfterProps['phase']): { title: string; text: string; back?: string } {
  if (phase === 'finished') return { title: t('calls.after.finished'), text: t('calls.after.finishedText') }
  if (phase === 'replaced')
    return { title: t('calls.after.replaced'), text: t('calls.after.replacedText'), back: t('calls.after.here') }
  return { title: t('calls.after.left'), text: t('calls.after.leftText'), back: t('calls.after.back') }
}

/** Out of the room: what that means, and the way back while there is one. */
export function CallAfter({ session, phase, outside, panels }: CallAfterProps) {
  const { title, text, back } = told(phase)
  return (
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
  )
}
