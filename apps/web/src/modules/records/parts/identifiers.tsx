import { Badge, Button, Card, Dialog, List, ListRow, SelectField, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice, problemText } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage } from '../data.ts'

type System = PatientPage['identifiers'][number]['system']
const systems: readonly System[] = [
  'citizen_id',
  'insurance_card',
  'social_security',
  'old_citizen_id',
  'passport',
  'local',
]

/** The number while it is typed, and its sending; the id is made once, so that sending again adds none. */
function useAdding(patientId: string, onClose: () => void) {
  const [id] = useState(newId)
  const [system, setSystem] = useState<System>('citizen_id')
  const [value, setValue] = useState('')
  const sending = useSend('records.addIdentifier')
  const save = async (): Promise<void> => {
    const reply = await sending.run({ params: { patientId }, body: { id, system, value } })
    if (!reply) return
    for (const warning of reply.warnings) toast({ text: named('warning', warning), tone: 'error', staysMs: 12_000 })
    onClose()
    await refresh('records.readPatient')
  }
  const malformed = sending.problem?.code === 'IDENTIFIER_INVALID'
  return { system, setSystem, value, setValue, sending, malformed, save }
}

function NumberFields({ system, setSystem, value, setValue, sending, malformed }: ReturnType<typeof useAdding>) {
  return (
    <>
      <SelectField label={t('records.identifier.system')} value={system} onText={(text) => setSystem(text as System)}>
        {systems.map((one) => (
          <option key={one} value={one}>
            {named('identifier', one)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('records.identifier.value')}
        hint={t('records.identifier.addHint')}
        autoComplete="off"
        value={value}
        onText={setValue}
        error={malformed ? problemText(sending.problem) : undefined}
      />
    </>
  )
}

function AddNumber({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const adding = useAdding(patientId, onClose)
  const { value, sending, malformed, save } = adding
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.identifier.add')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={value.trim() === ''} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      }
    >
      <NumberFields {...adding} />
      {!malformed && <ProblemNotice error={sending.problem} />}
    </Dialog>
  )
}

interface IdentifiersProps {
  patientId: string
  identifiers: PatientPage['identifiers']
  mayEdit: boolean
}

const kindAndSince = ({ system, from }: IdentifiersProps['identifiers'][number]): string =>
  [named('identifier', system), from && t('records.why.since', { date: formatDate(from) })].filter(Boolean).join(' · ')

/** A patient's numbers; old ones stay with their last day. */
export function Identifiers({ patientId, identifiers, mayEdit }: IdentifiersProps) {
  const [adding, setAdding] = useState(false)
  const addButton = mayEdit && (
    <Button small icon="plus" onClick={() => setAdding(true)}>
      {t('do.add')}
    </Button>
  )
  return (
    <Card title={t('records.identifier.title')} tight actions={addButton}>
      {identifiers.length === 0 && <p>{t('records.identifier.none')}</p>}
      <List label={t('records.identifier.title')}>
        {identifiers.map((one) => (
          <ListRow
            key={one.id}
            title={one.value}
            detail={kindAndSince(one)}
            trail={one.until && <Badge>{t('records.identifier.until', { date: formatDate(one.until) })}</Badge>}
          />
        ))}
      </List>
      {adding && <AddNumber patientId={patientId} onClose={() => setAdding(false)} />}
    </Card>
  )
}
