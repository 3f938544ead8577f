import { RadioGroup, SearchField } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
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

type Hit = ReplyOf<'facilities.search'>['items'][number]

/** The first units found, without the one left out and the one picked. */
function useHits(query: string, leftOut: readonly (string | undefined)[]): Hit[] {
  const q = useDeferredValue(query.trim())
  const { data } = useQuery({
    ...queryFor('facilities.search', { query: { q, limit: shown + 2 } }),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })
  return q === '' ? [] : (data?.items ?? []).filter((item) => !leftOut.includes(item.id)).slice(0, shown)
}

interface OfferedProps {
  hits: readonly Hit[]
  picked: Picked | null
  onPick: (unit: Picked) => void
}

function Offered({ hits, picked, onPick }: OfferedProps) {
  const known = picked ? [{ value: picked.id, label: picked.name }] : []
  const offered = hits.map((item) => ({
    value: item.id,
    label: item.name,
    detail: [codeName('type', item.type), item.parentName].filter(Boolean).join(' · '),
  }))
  if (known.length + offered.length === 0) return null
  return (
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
  )
}

/** Finds one unit among thousands: type a few letters, tap it. */
export function UnitPicker({ label, picked, onPick, except }: UnitPickerProps) {
  const [query, setQuery] = useState('')
  const hits = useHits(query, [except, picked?.id])
  return (
    <>
      <SearchField
        label={label}
        hint={t('facilities.picker.hint')}
        value={query}
        onText={setQuery}
        clearLabel={t('do.clear')}
      />
      <Offered hits={hits} picked={picked} onPick={onPick} />
    </>
  )
}
