import { Avatar, Button, LinkButton, List, ListRow, SearchField, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { keepTyped, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { useRested } from '../data.ts'

export interface Picked {
  id: string
  fullName: string
}

const shown = 5

interface PatientPickProps {
  picked: Picked | null
  onPick: (patient: Picked | null) => void
  /** In a dialog that begins with this question; on a page it would jump past what stands above. */
  focus?: boolean
}

type FoundPatient = ReplyOf<'records.searchPatients'>['items'][number]

function Found({ items, onPick }: { items: readonly FoundPatient[]; onPick: (patient: Picked) => void }) {
  return (
    <List label={t('scheduling.fact.patient')}>
      {items.map((row) => (
        <ListRow
          key={row.id}
          lead={<Avatar name={row.fullName} size={2.25} />}
          title={row.fullName}
          detail={[row.birthDate && formatDate(row.birthDate), row.phone?.replace(/^\+84/, '0'), row.identifier]
            .filter(Boolean)
            .join(' · ')}
          onOpen={() => onPick(row)}
        />
      ))}
    </List>
  )
}

function RegisterFirst({ typed }: { typed: string }) {
  return (
    <div>
      <LinkButton look="quiet" icon="plus" href="/work/patients/new" onClick={() => keepTyped('newPatient', typed)}>
        {t('scheduling.pick.register')}
      </LinkButton>
    </div>
  )
}

/** Finds one of the unit's patients by a few letters; who is not there yet is registered first. */
export function PatientPick({ picked, onPick, focus = false }: PatientPickProps) {
  const [text, setText] = useState('')
  const q = useRested(text.trim())
  const { data, isPending } = useRead('records.searchPatients', { body: { q, limit: shown } })
  if (picked) return <ListOne picked={picked} onPick={onPick} />
  return (
    <Stack gap={3}>
      <SearchField
        label={t('scheduling.pick.label')}
        hint={t('scheduling.pick.hint')}
        clearLabel={t('do.clear')}
        value={text}
        onText={setText}
        autoComplete="off"
        autoFocus={focus}
      />
      {isPending && <Skeleton label={t('state.loading')} lines={3} />}
      {data && data.items.length === 0 && <p>{t('scheduling.pick.none')}</p>}
      {data && data.items.length > 0 && <Found items={data.items} onPick={onPick} />}
      <RegisterFirst typed={q} />
    </Stack>
  )
}

function ListOne({ picked, onPick }: { picked: Picked; onPick: (patient: null) => void }) {
  return (
    <List label={t('scheduling.fact.patient')}>
      <ListRow
        lead={<Avatar name={picked.fullName} />}
        title={picked.fullName}
        trail={
          <Button small look="quiet" onClick={() => onPick(null)}>
            {t('scheduling.pick.change')}
          </Button>
        }
      />
    </List>
  )
}
