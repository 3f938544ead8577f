import { RadioGroup, SearchField } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'

export interface PickedPerson {
  id: string
  name: string
  licenceNo: string
}

const shown = 6

interface PersonPickerProps {
  facilityId: string
  picked: PickedPerson | null
  onPick: (person: PickedPerson) => void
}

/** Finds one of the unit's staff: type a few letters, tap the name. */
export function PersonPicker({ facilityId, picked, onPick }: PersonPickerProps) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const { data } = useQuery({
    ...queryFor('identity.listStaff', { query: { facilityId, q, limit: shown } }),
    placeholderData: keepPreviousData,
  })
  const found = (data?.items ?? []).map((row) => ({
    person: { id: row.personId, name: row.fullName, licenceNo: row.licenceNo },
    title: row.title,
  }))
  // one is picked: the others are in the way until somebody types again
  const offered = picked && q === '' ? found.filter(({ person }) => person.id === picked.id) : found
  const choices = [
    ...(picked && !offered.some(({ person }) => person.id === picked.id)
      ? [{ value: picked.id, label: picked.name }]
      : []),
    ...offered.map(({ person, title }) => ({ value: person.id, label: person.name, detail: title })),
  ]
  return (
    <>
      <SearchField label={t('facilities.staff.search')} value={query} onText={setQuery} clearLabel={t('do.clear')} />
      <RadioGroup
        label={t('facilities.registrations.person')}
        choices={choices}
        value={picked?.id ?? null}
        onChoose={(id) => {
          const hit = found.find(({ person }) => person.id === id)
          if (hit) onPick(hit.person)
        }}
      />
    </>
  )
}
