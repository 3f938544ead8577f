import { Button, RadioGroup, SearchField } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import css from './write.module.css'

export type Area = Pick<ReplyOf<'news.publishAreas'>['items'][number], 'id' | 'name'> & { people: number | null }

const shown = 5

interface AreaPickerProps {
  area: Area | null
  onChoose: (area: Area | null) => void
  error?: string | undefined
}

/** Whom the message goes to: one part of the tree, found without diacritics. */
export function AreaPicker({ area, onChoose, error }: AreaPickerProps) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text)
  const { data, error: problem } = useQuery<ReplyOf<'news.publishAreas'>, Error>({
    ...queryFor('news.publishAreas', { query: { q } }),
    placeholderData: (before) => before,
  })
  if (area) {
    return (
      <div className={css.area}>
        <div>
          <span className={css.label}>{t('news.write.area')}</span>
          <strong>{area.name}</strong>
          {area.people !== null && (
            <span className={css.soft}>{t('news.people', { count: formatNumber(area.people) })}</span>
          )}
        </div>
        <Button small onClick={() => onChoose(null)}>
          {t('news.write.otherArea')}
        </Button>
      </div>
    )
  }
  const items = data?.items ?? []
  return (
    <div className={css.picker}>
      <SearchField
        label={t('news.write.area')}
        hint={t('news.write.areaHint')}
        value={text}
        onText={setText}
        clearLabel={t('do.clear')}
        autoComplete="off"
        error={error}
      />
      <ProblemNotice error={problem} />
      <RadioGroup
        label={t('news.write.area')}
        hideLabel
        value={null}
        onChoose={(id) => onChoose(items.find((one) => one.id === id) ?? null)}
        choices={items
          .slice(0, shown)
          .map((one) => ({
            value: one.id,
            label: one.name,
            detail: [one.parentName, t('news.people', { count: formatNumber(one.people) })].filter(Boolean).join(' · '),
          }))}
      />
      {data && items.length === 0 && <p>{t('news.write.noArea')}</p>}
      {items.length > shown && <p className={css.soft}>{t('news.write.moreAreas', { count: items.length - shown })}</p>}
    </div>
  )
}
