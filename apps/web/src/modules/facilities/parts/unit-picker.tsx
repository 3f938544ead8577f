import { RadioGroup, SearchField, Skeleton } from '@moinha/ui'
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

/** Finds one unit among thousands: type a few letters, tap it. */
export function UnitPicker({ label, picked, onPick, except }: { label: string; picked: Picked | null; onPick: (unit: Picked) => void; except?: string }) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const { data } = useQuery({ ...queryFor('facilities.search', { query: { q, limit: shown + 1 } }), placeholderData: keepPreviousData, enabled: q !== '' || !picked })
  const hits = (data?.items ?? []).filter((item) => item.id !== except && item.id !== picked?.id).slice(0, shown)
  const known = picked ? [{ value: picked.id, label: picked.name }] : []
  const offered = q === '' && picked ? [] : hits.map((item) => ({ value: item.id, label: item.name, detail: [codeName('type', item.type), item.parentName].filter(Boolean).join(' · ') }))
  return (
    <>
      <SearchField label={label} hint={t('facilities.picker.hint')} value={query} onText={setQuery} clearLabel={t('do.clear')} />
      {!data && !picked && <Skeleton label={t('state.loading')} lines={2} />}
      {(known.length > 0 || offered.length > 0) && (
        <RadioGroup
          label={t('facilities.picker.choose')} hideLabel choices={[...known, ...offered]} value={picked?.id ?? null}
          onChoose={(id) => {
            const hit = hits.find((item) => item.id === id)
            if (hit) onPick({ id, name: hit.name })
          }}
        />
      )}
    </>
  )
}
