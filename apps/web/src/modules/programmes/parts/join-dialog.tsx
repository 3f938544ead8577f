import { Button, DateField, Dialog, RadioGroup, SelectField, Stack } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { useNames } from '../data.ts'
import { type Programme, useProgrammes } from '../station-data.ts'

interface JoinProps {
  patientId: string
  units: readonly { facilityId: string; name: string }[]
  sex: 'female' | 'male' | 'unknown'
  /** Programmes the patient is in already. */
  taken: readonly string[]
  onClose: () => void
}

function useJoining({ patientId, units, onClose }: JoinProps) {
  const [id] = useState(newId)
  const [programme, setProgramme] = useState<Programme | null>(null)
  const [facilityId, setFacilityId] = useState(units[0]?.facilityId ?? '')
  const [anchorOn, setAnchorOn] = useState('')
  const sending = useSend('programmes.enrol')
  const counted = programme?.definition.schedule.kind === 'fixed'
  const save = async (): Promise<void> => {
    if (!programme) return
    const body = { id, patientId, facilityId, programme: programme.code, anchorOn: counted ? anchorOn || null : null }
    if (!(await sending.run({ body }))) return
    onClose()
    await refresh('programmes.', 'records.readPatient')
  }
  const ready = programme !== null && (!counted || anchorOn !== '')
  return { programme, setProgramme, facilityId, setFacilityId, anchorOn, setAnchorOn, sending, ready, save }
}

type Joining = ReturnType<typeof useJoining>

/** Only programmes that count from a date ask for one. */
function Anchor({ programme, anchorOn, setAnchorOn }: Pick<Joining, 'programme' | 'anchorOn' | 'setAnchorOn'>) {
  const name = useNames()
  const schedule = programme?.definition.schedule
  if (schedule?.kind !== 'fixed') return null
  return <DateField label={name(schedule.anchor)} value={anchorOn} onText={setAnchorOn} max={localDay()} />
}

function Fields({ joining, units, sex, taken }: Pick<JoinProps, 'units' | 'sex' | 'taken'> & { joining: Joining }) {
  const name = useNames()
  const { data } = useProgrammes()
  const fits = ({ definition }: Programme): boolean =>
    definition.sex === null || sex === 'unknown' || definition.sex === sex
  const offered = (data?.items ?? []).filter((one) => !taken.includes(one.code) && fits(one))
  return (
    <Stack gap={4}>
      <RadioGroup
        label={t('programmes.join.which')}
        value={joining.programme?.code ?? null}
        onChoose={(code) => joining.setProgramme(offered.find((one) => one.code === code) ?? null)}
        choices={offered.map(({ code, definition }) => ({ value: code, label: name(definition.names) }))}
      />
      <Anchor {...joining} />
      {units.length > 1 && (
        <SelectField label={t('programmes.join.unit')} value={joining.facilityId} onText={joining.setFacilityId}>
          {units.map((unit) => (
            <option key={unit.facilityId} value={unit.facilityId}>
              {unit.name}
            </option>
          ))}
        </SelectField>
      )}
      <ProblemNotice error={joining.sending.problem} />
    </Stack>
  )
}

/** Takes a patient into a programme of follow-up. */
export function JoinDialog(props: JoinProps) {
  const joining = useJoining(props)
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('programmes.join.title')}
      closeLabel={t('do.close')}
      actions={
        <Button
          look="primary"
          busy={joining.sending.busy}
          disabled={!joining.ready}
          onClick={() => void joining.save()}
        >
          {t('programmes.join.save')}
        </Button>
      }
    >
      <Fields joining={joining} units={props.units} sex={props.sex} taken={props.taken} />
    </Dialog>
  )
}
