import { Button, Dialog, Notice, RadioGroup } from '@moinha/ui'
import type { Disposition } from '@moinha/contracts/records'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type EncounterPage, named } from '../data.ts'
import { type Draft, type EncounterDraft, isWhole } from '../draft/encounter-draft.ts'
import { GateNotices } from './gate-notices.tsx'

const dispositions: readonly Disposition[] = ['treatment', 'examination', 'advice', 'referral']

interface Props {
  page: EncounterPage
  draft: Draft
  store: EncounterDraft
  onClose: () => void
}

function missingOf({ encounter }: EncounterPage, { content }: Draft, disposition: Disposition): string[] {
  const needsDiagnosis = disposition === 'treatment' || disposition === 'examination'
  return [
    ...(content.conclusion.trim() === '' ? [t('records.finish.needConclusion')] : []),
    ...(needsDiagnosis && content.diagnoses.length === 0 ? [t('records.finish.needDiagnosis')] : []),
    ...(isWhole(content) ? [] : [t('records.finish.dateHalf')]),
    ...(encounter.remoteMode !== 'IN_PERSON' && content.identityCheck === 'not_checked'
      ? [t('records.finish.noIdentity')]
      : []),
    ...(encounter.remoteMode !== 'IN_PERSON' && content.consentBy === null ? [t('records.finish.noConsent')] : []),
  ]
}

function isBlocked({ content }: Draft, disposition: Disposition): boolean {
  const needsDiagnosis = disposition === 'treatment' || disposition === 'examination'
  const incomplete = content.conclusion.trim() === '' || (needsDiagnosis && content.diagnoses.length === 0)
  return incomplete || !isWhole(content)
}

/** Sends what is still being written, then ends the encounter. */
function useFinish({ page: { encounter }, store, onClose }: Props, disposition: Disposition) {
  const sending = useSend('records.finishEncounter', { after: () => refresh('records.') })
  const finish = async (): Promise<void> => {
    // two texts to choose between are on the page; what could not be sent is told here
    if (!(await store.flush())) return store.read().state === 'unsent' ? undefined : onClose()
    if (!(await sending.run({ params: { id: encounter.id }, body: { version: store.read().version, disposition } })))
      return
    onClose()
  }
  return { ...sending, finish }
}

/** What is missing: in the way of the end, or only worth a thought. */
function Missing({ notes, blocked }: { notes: readonly string[]; blocked: boolean }) {
  if (notes.length === 0) return null
  return (
    <Notice tone={blocked ? 'error' : 'warn'} still title={t('records.finish.missing')}>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  )
}

interface WaysProps {
  gate: EncounterPage['gate']
  value: Disposition
  onChoose: (value: Disposition) => void
}

/** The ways it can end, with what the conditions of remote care say to them. */
function Ways({ gate, value: chosen, onChoose }: WaysProps) {
  return (
    <>
      <GateNotices gate={gate} />
      <RadioGroup
        label={t('records.finish.how')}
        value={chosen}
        onChoose={onChoose}
        choices={dispositions.map((value) => ({
          value,
          label: named('disposition', value),
          disabled: !gate.allows.includes(value),
          detail: named('dispositionText', value),
        }))}
      />
    </>
  )
}

/** How does it end? Ways that a condition of remote care closes are shown closed, with every reason. */
export function FinishDialog(props: Props) {
  const { page, draft, onClose } = props
  const [disposition, setDisposition] = useState<Disposition>(page.gate.allows[0] ?? 'advice')
  const sending = useFinish(props, disposition)
  const blocked = isBlocked(draft, disposition)
  const busy = sending.busy || draft.state === 'saving'
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.finish.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" icon="check" busy={busy} disabled={blocked} onClick={() => void sending.finish()}>
          {t('records.finish.confirm')}
        </Button>
      }
    >
      <p>{t('records.finish.text')}</p>
      <Ways gate={page.gate} value={disposition} onChoose={setDisposition} />
      <Missing notes={missingOf(page, draft, disposition)} blocked={blocked} />
      <ProblemNotice error={draft.state === 'unsent' ? draft.error : sending.problem} />
    </Dialog>
  )
}
