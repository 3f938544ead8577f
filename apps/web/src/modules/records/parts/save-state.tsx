import { cx, Icon } from '@moinha/ui'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { Draft } from '../draft/encounter-draft.ts'
import css from './save-state.module.css'

const icons = { saved: 'check', unsaved: 'edit', saving: 'refresh', unsent: 'alert', conflict: 'alert' } as const

/** Always in sight: is what I typed safe? */
export function SaveState({ draft }: { draft: Draft }) {
  const { state } = draft
  return (
    <p className={cx(css.state, css[state])} role="status">
      <Icon name={icons[state]} size={1.1} />
      {state === 'saved' && draft.savedAt
        ? t('records.save.savedAt', { at: formatTime(new Date(draft.savedAt)) })
        : t(`records.save.${state}`)}
    </p>
  )
}
