import { RadioGroup, SearchField } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'

export interface Unit {
  id: string
  name: string
}

interface UnitChoiceProps {
  label: string
  unit: Unit | null
  except: string
  onUnit: (unit: Unit) => void
  error?: string | false
}

const shown = 6

/** Where the patient goes: a few letters, then a tap. */
export function UnitChoice({ label, unit, except, onUnit, error }: UnitChoiceProps) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({
    ...queryFor('facilities.search', { query: { q, limit: shown + 2 } }),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })
  const found = q === '' ? [] : (data?.items ?? []).filter((one) => one.id !== except && one.id !== unit?.id)
  const choices = [
    ...(unit ? [{ value: unit.id, label: unit.name }] : []),
    ...found.slice(0, shown).map((one) => ({ value: one.id, label: one.name, detail: one.parentName ?? '' })),
  ]
  return (
    <>
      <SearchField
        label={label}
        hint={t('referrals.new.unitHint')}
        value={text}
        onText={setText}
        clearLabel={t('do.clear')}
        {...(error && { error })}
      />
      {choices.length > 0 && (
        <RadioGroup
          label={label}
          hideLabel
          choices={choices}
          value={unit?.id ?? null}
          onChoose={(id) => {
            const hit = found.find((one) => one.id === id)
            if (hit) onUnit({ id: hit.id, name: hit.name })
          }}
        />
      )}
    </>
  )
}
