import type { Presence as State } from '@moinha/contracts/roster'
import { wordFor } from '../../../platform/i18n/index.ts'
import css from './presence.module.css'

/** A dot and a word: colour is never the only sign. */
export function Presence({ state, wordless }: { state: State; wordless?: boolean }) {
  const word = wordFor(`roster.presence.${state}`) ?? state
  return (
    <span className={css.presence} data-state={state}>
      <span className={css.dot} aria-hidden="true" />
      <span className={wordless ? css.spoken : undefined}>{word}</span>
    </span>
  )
}
