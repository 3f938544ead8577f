import { RadioGroup, SearchField } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName } from '../data.ts'

export interface Picked {
  id: string
  name: string
}

const shown = 6

interface UnitPickerProps {
  label: string
  picked: Picked | null
  onPick: (unit: Picked) => void
  except?: string
}

/** Finds one unit among thousands: type a few letters, tap it. */
export function UnitPicker({ label, picked, onPick, except }: UnitPickerProps) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const { data } = useQuery({
    ...queryFor('facilities.search', { query: { q, limit: shown + 2 } }),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })
  const hits =
    q === '' ? [] : (data?.items ?? []).filter((item) => item.id !== except && item.id !== picked?.id).slice(0, shown)
  const known = picked ? [{ value: picked.id, label: picked.name }] : []
  const offered = hits.map((item) => ({
    value: item.id,
    label: item.name,
    detail: [codeName('type', item.type), item.parentName].filter(Boolean).join(' · '),
  }))
  return (
    <>
      <SearchField
        label={label}
        hint={t('facilities.picker.hint')}
        value={query}
        onText={setQuery}
        clearLabel={t('do.clear')}
      />
      {known.length + offered.length > 0 && (
        <RadioGroup
          label={t('facilities.picker.choose')}
          hideLabel
          choices={[...known, ...offered]}
          value={picked?.id ?? null}
          onChoose={(id) => {
            const hit = hits.find((item) => item.id === id)
            if (hit) onPick({ id, name: hit.name })
          }}
        />
      )}
    </>
  )
}
