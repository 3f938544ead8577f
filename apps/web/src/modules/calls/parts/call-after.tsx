import { Button, EmptyState } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'

interface CallAfterProps {
  session: CallSession
  phase: 'left' | 'replaced' | 'finished'
  outside?: ReactNode
}

/** Out of the room: what that means, and the way back while there is one. */
export function CallAfter({ session, phase, outside }: CallAfterProps) {
  const back = (label: string) => (
    <Button look="primary" icon="arrow-left" onClick={() => void session.rejoin()}>
      {label}
    </Button>
  )
  if (phase === 'finished')
    return (
      <EmptyState picture="people" title={t('calls.after.finished')} actions={outside}>
        {t('calls.after.finishedText')}
      </EmptyState>
    )
  if (phase === 'replaced')
    return (
      <EmptyState
        picture="people"
        title={t('calls.after.replaced')}
        actions={
          <>
            {back(t('calls.after.here'))}
            {outside}
          </>
        }
      >
        {t('calls.after.replacedText')}
      </EmptyState>
    )
  return (
    <EmptyState
      picture="people"
      title={t('calls.after.left')}
      actions={
        <>
          {back(t('calls.after.back'))}
          {outside}
        </>
      }
    >
      {t('calls.after.leftText')}
    </EmptyState>
  )
}
