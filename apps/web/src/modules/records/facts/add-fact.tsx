import { Button, Dialog, RadioGroup } from '@moinha/ui'
import type { FactKind } from '@moinha/contracts/records'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { FactFields } from './fact-fields.tsx'
import { emptyForm, factOf, isFactWhole } from './fact-form.ts'
import { tellWarnings } from './use-facts.ts'

const kinds: readonly FactKind[] = ['allergy', 'problem', 'medicine', 'pregnancy']

interface AddProps {
  patientId: string
  encounterId: string | null
  onClose: () => void
}

/** The fact while it is typed, and its sending; the id is made once, so that sending again adds none. */
function useAdding({ patientId, encounterId, onClose }: AddProps) {
  const [id] = useState(newId)
  const [kind, setKind] = useState<FactKind>('allergy')
  const [form, setForm] = useState(emptyForm)
  const sending = useSend('records.recordFact')
  const save = async (): Promise<void> => {
    const kept = await sending.run({ params: { patientId }, body: { id, encounterId, fact: factOf(kind, form) } })
    if (!kept) return
    tellWarnings(kept.warnings)
    onClose()
    await refresh('records.listFacts')
  }
  const choose = (chosen: FactKind): void => {
    setKind(chosen)
    setForm({ ...emptyForm, note: form.note })
    sending.clear()
  }
  return { kind, choose, form, setForm, sending, save }
}

/** Writes down one more thing of a patient. */
export function AddFact(props: AddProps) {
  const { kind, choose, form, setForm, sending, save } = useAdding(props)
  return (
    <Dialog
      open
      onClose={props.onClose}
      wide
      title={t('records.fact.add')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={!isFactWhole(kind, form)} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      }
    >
      <RadioGroup
        columns
        label={t('records.fact.what')}
        value={kind}
        onChoose={choose}
        choices={kinds.map((value) => ({ value, label: t(`records.fact.kind.${value}`) }))}
      />
      <FactFields kind={kind} form={form} onChange={(change) => setForm({ ...form, ...change })} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
