import { Button, CheckboxField, Dialog, Notice, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { StaffRow } from './practitioner-role-inputs.tsx'

/** Most people of one confirmation, as in the contract. */
const mostVouched = 50

/** Those one may vouch for now, once each though they work at two units. */
function vouchable(rows: readonly StaffRow[]): StaffRow[] {
  const ready = rows.filter((row) => row.mayVouch && !row.signsInFirst)
  return [...new Map(ready.map((row) => [row.personId, row])).values()]
}

const describe = ({ fullName, title, facilityName }: StaffRow): string =>
  [fullName, title, facilityName].filter(Boolean).join(' · ')

/** One confirmation for a list of people; nobody is chosen at first. */
export function VouchMany({ rows }: { rows: readonly StaffRow[] }) {
  const [open, setOpen] = useState(false)
  const people = vouchable(rows)
  if (people.length < 2 && !open) return null
  return (
    <>
      <Button icon="check" onClick={() => setOpen(true)}>
        {t('facilities.staff.vouchMany', { count: people.length })}
      </Button>
      {open && <Choose people={people} onClose={() => setOpen(false)} />}
    </>
  )
}

interface ChooseActionsProps {
  count: number
  busy: boolean
  onCancel: () => void
  onVouch: () => void
}

function ChooseActions({ count, busy, onCancel, onVouch }: ChooseActionsProps) {
  return (
    <>
      <Button look="quiet" onClick={onCancel}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" icon="check" busy={busy} disabled={count === 0 || count > mostVouched} onClick={onVouch}>
        {t('facilities.staff.vouchChosen', { count })}
      </Button>
    </>
  )
}

interface PeopleBoxesProps {
  people: readonly StaffRow[]
  chosen: readonly string[]
  onChoose: (chosen: readonly string[]) => void
}

function PeopleBoxes({ people, chosen, onChoose }: PeopleBoxesProps) {
  return (
    <div>
      {people.map((row) => (
        <CheckboxField
          key={row.personId}
          label={describe(row)}
          checked={chosen.includes(row.personId)}
          onToggle={(on) => onChoose(on ? [...chosen, row.personId] : chosen.filter((one) => one !== row.personId))}
        />
      ))}
    </div>
  )
}

/** Vouches for the chosen at once; says so, and the list is read again. */
function useVouching(chosen: readonly string[], onClose: () => void) {
  const sending = useSend('identity.vouchForMany')
  const say = async (): Promise<void> => {
    if (!(await sending.run({ body: { personIds: [...chosen] } }))) return
    toast({ text: t('facilities.staff.vouchedMany', { count: chosen.length }) })
    onClose()
    await refresh('identity.listStaff')
  }
  return { sending, say }
}

function Choose({ people, onClose }: { people: readonly StaffRow[]; onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { sending, say } = useVouching(chosen, onClose)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('facilities.staff.vouchManyTitle')}
      closeLabel={t('do.close')}
      actions={
        <ChooseActions count={chosen.length} busy={sending.busy} onCancel={onClose} onVouch={() => void say()} />
      }
    >
      <Stack gap={3}>
        <Notice still>{t('facilities.staff.ask.vouchMany')}</Notice>
        <PeopleBoxes people={people} chosen={chosen} onChoose={setChosen} />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}
