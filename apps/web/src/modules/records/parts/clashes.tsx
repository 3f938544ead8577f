import { Button, Notice, Row } from '@moinha/ui'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import type { Clash, Draft, EncounterDraft, Piece } from '../draft/encounter-draft.ts'
import css from './clashes.module.css'

type Value = Clash['theirs']

function shown(piece: Piece, value: Value): string {
  if (Array.isArray(value)) return value.map((one) => `${one.code} ${one.display}`).join('; ')
  if (typeof value === 'boolean') return t(value ? 'records.yes' : 'records.no')
  if (value === null || value === '') return t('records.clash.empty')
  return piece === 'nextAppointmentOn'
    ? formatDate(value)
    : piece === 'identityCheck'
      ? named('identity', value)
      : piece === 'consentBy'
        ? named('consent', value)
        : piece === 'channel'
          ? named('channel', value)
          : value
}

const isText = (piece: Piece): boolean => ['complaint', 'findings', 'conclusion', 'advice'].includes(piece)

interface Texts {
  piece: Piece
  mine: Value
  theirs: Value
}

function BothTexts({ piece, mine, theirs }: Texts) {
  return (
    <dl className={css.both}>
      <div>
        <dt>{t('records.clash.mine')}</dt>
        <dd>{shown(piece, mine)}</dd>
      </div>
      <div>
        <dt>{t('records.clash.theirs')}</dt>
        <dd>{shown(piece, theirs)}</dd>
      </div>
    </dl>
  )
}

function Settling({ piece, mine, theirs, onSettle }: Texts & { onSettle: (value: Value) => void }) {
  return (
    <Row>
      <Button small onClick={() => onSettle(mine)}>
        {t('records.clash.keepMine')}
      </Button>
      <Button small onClick={() => onSettle(theirs)}>
        {t('records.clash.takeTheirs')}
      </Button>
      {isText(piece) && (
        <Button small onClick={() => onSettle(`${String(theirs)}\n${String(mine)}`)}>
          {t('records.clash.both')}
        </Button>
      )}
    </Row>
  )
}

/** Two people wrote one piece: both texts, and a choice. Nothing was overwritten. */
export function Clashes({ of, draft, store }: { of: readonly Piece[]; draft: Draft; store: EncounterDraft }) {
  return draft.clashes
    .filter((clash) => of.includes(clash.piece))
    .map(({ piece, theirs }) => {
      const texts = { piece, mine: draft.content[piece], theirs }
      return (
        <Notice key={piece} tone="warn" title={t('records.clash.title', { piece: named('piece', piece) })}>
          <BothTexts {...texts} />
          <Settling {...texts} onSettle={(value) => store.settle(piece, value)} />
        </Notice>
      )
    })
}
