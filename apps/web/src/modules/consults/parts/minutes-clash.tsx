import type { MinutesContent } from '@moinha/contracts/consults'
import { Button, Notice, Row } from '@moinha/ui'
import { formatDate, formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import type { Newer } from '../keep-minutes.ts'
import type { Piece } from '../minutes-merge.ts'
import css from './minutes.module.css'

interface ClashProps {
  newer: Newer
  mine: MinutesContent
  clashes: readonly Piece[]
  onSettle: (piece: Piece, value: MinutesContent[Piece]) => void
}

function shown(piece: Piece, content: MinutesContent): string {
  if (piece === 'answers') return content.answers.map(({ no, text }) => `${no}. ${text}`).join('\n')
  if (piece === 'members') return content.members.map((member) => member.name).join(', ')
  const value = content[piece]
  if (typeof value !== 'string' || value === '') return t('consults.minutes.clash.empty')
  if (piece.endsWith('At')) return formatDateTime(value)
  return /^(treated|followUp)/.test(piece) ? formatDate(value) : value
}

/** A colleague kept the draft meanwhile: what only they changed is taken in, where both wrote one chooses. */
export function MinutesClash({ newer, mine, clashes, onSettle }: ClashProps) {
  return (
    <Notice tone="warn" title={t('consults.minutes.clash.title', { by: newer.by, at: formatDateTime(newer.at) })}>
      <p>{clashes.length === 0 ? t('consults.minutes.clash.merged') : t('consults.minutes.clash.choose')}</p>
      {clashes.map((piece) => (
        <section key={piece} className={css.clash} aria-label={wordFor(`consults.minutes.${piece}`)}>
          <h4>{wordFor(`consults.minutes.${piece}`)}</h4>
          <dl className={css.both}>
            <div>
              <dt>{t('consults.minutes.clash.mine')}</dt>
              <dd>{shown(piece, mine)}</dd>
            </div>
            <div>
              <dt>{t('consults.minutes.clash.theirs', { by: newer.by })}</dt>
              <dd>{shown(piece, newer.content)}</dd>
            </div>
          </dl>
          <Row>
            <Button small onClick={() => onSettle(piece, mine[piece])}>
              {t('consults.minutes.clash.keepMine')}
            </Button>
            <Button small onClick={() => onSettle(piece, newer.content[piece])}>
              {t('consults.minutes.clash.takeTheirs')}
            </Button>
          </Row>
        </section>
      ))}
    </Notice>
  )
}
