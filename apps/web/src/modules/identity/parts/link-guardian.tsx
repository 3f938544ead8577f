import { Button, CheckboxField, Dialog, Notice, SelectField, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type InputOf, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { RelationField } from './relation-field.tsx'

type Draft = InputOf<'records.linkGuardian'>['body']
type Paper = Draft['paper']
const papers: readonly Paper[] = [
  'birth_certificate',
  'residence_paper',
  'guardianship_decision',
  'authorisation',
  'court_decision',
  'other',
]

/** A paper that is none of the named ones needs a word on what it is. */
function isWhole({ phone, code, paper, paperNote }: Draft): boolean {
  const noted = paper !== 'other' || paperNote?.trim() !== ''
  return phone.trim() !== '' && code.length === 6 && noted
}

/** What is typed of the guardian and the paper, and linking them. */
function useLinking(patientId: string, onClose: () => void) {
  const [draft, setDraft] = useState<Draft>(() => ({
    id: newId(),
    phone: '',
    code: '',
    relation: 'child',
    paper: 'birth_certificate',
    paperNote: '',
    dependantAgrees: false,
  }))
  const link = useSend('records.linkGuardian')
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const submit = async (): Promise<void> => {
    const reply = await link.run({ params: { patientId }, body: draft })
    if (!reply) return
    toast({ text: t('identity.link.done', { name: reply.fullName }) })
    onClose()
    await refresh('records.readPatient')
  }
  return { draft, change, link, submit }
}

/** At the desk: the guardian is here and reads out the code of their phone; a paper was looked at. */
export function LinkGuardian({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { draft, change, link, submit } = useLinking(patientId, onClose)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('identity.link.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={link.busy} disabled={!isWhole(draft)} onClick={() => void submit()}>
          {t('identity.link.save')}
        </Button>
      }
    >
      <Stack gap={4}>
        <Notice still>{t('identity.link.lead')}</Notice>
        <GuardianFields draft={draft} change={change} phoneError={fieldText(link.problem, 'phone')} />
        <PaperFields draft={draft} change={change} />
        <ProblemNotice error={link.problem} />
      </Stack>
    </Dialog>
  )
}

interface Part {
  draft: Draft
  change: (part: Partial<Draft>) => void
}

function GuardianFields({ draft, change, phoneError }: Part & { phoneError: string | undefined }) {
  return (
    <>
      <TextField
        label={t('identity.link.phone')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={draft.phone}
        onText={(phone) => change({ phone })}
        error={phoneError && t('identity.signIn.phoneWrong')}
      />
      <TextField
        label={t('identity.link.code')}
        hint={t('identity.link.codeHint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={draft.code}
        onText={(code) => change({ code: code.replace(/\D/g, '') })}
      />
      <RelationField
        label={t('identity.link.relation')}
        value={draft.relation}
        onChoose={(relation) => change({ relation })}
      />
    </>
  )
}

function PaperFields({ draft, change }: Part) {
  return (
    <>
      <SelectField
        label={t('identity.link.paper')}
        value={draft.paper}
        onText={(paper) => change({ paper: paper as Paper })}
      >
        {papers.map((one) => (
          <option key={one} value={one}>
            {t(`identity.paper.${one}`)}
          </option>
        ))}
      </SelectField>
      {draft.paper === 'other' && (
        <TextField
          label={t('identity.link.paperNote')}
          value={draft.paperNote ?? ''}
          onText={(paperNote) => change({ paperNote })}
        />
      )}
      <CheckboxField
        label={t('identity.link.agrees')}
        checked={draft.dependantAgrees ?? false}
        onToggle={(dependantAgrees) => change({ dependantAgrees })}
      />
    </>
  )
}
