import { type BadgeTone, Button, Card, StatusTag } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import css from './trouble-card.module.css'

interface TroubleProps {
  title: string
  tone: BadgeTone
  state: string
  reason: string | undefined
  /** When and how often, most telling first. */
  facts: readonly (string | false | null | undefined)[]
  /** What cannot be done, and what to do instead. */
  advice?: ReactNode
  retry?: { label: string; busy: boolean; run: () => void } | undefined
  onGiveUp?: (() => void) | undefined
}

/** One thing that did not go, why, and the two ways out. */
export function TroubleCard({ title, tone, state, reason, facts, advice, retry, onGiveUp }: TroubleProps) {
  return (
    <Card as="article">
      <div className={css.head}>
        <h2>{title}</h2>
        <StatusTag tone={tone}>{state}</StatusTag>
      </div>
      {reason && <p className={css.reason}>{reason}</p>}
      <p className={css.soft}>{facts.filter(Boolean).join(' · ')}</p>
      {advice && <p>{advice}</p>}
      {(retry ?? onGiveUp) && (
        <div className={css.ways}>
          {retry && (
            <Button icon="refresh" busy={retry.busy} onClick={retry.run}>
              {retry.label}
            </Button>
          )}
          {onGiveUp && (
            <Button look="quiet" onClick={onGiveUp}>
              {t('operations.giveUp')}
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}
