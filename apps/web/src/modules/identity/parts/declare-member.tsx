import { Button, CheckboxField, DateField, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type ApiProblem, type InputOf, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { OwnBirthDate } from './own-birth-date.tsx'
import { RelationField } from './relation-field.tsx'

type Draft = InputOf<'identity.addFamilyMember'>['body']

/** Version of the sentence `identity.family.consent`; a new sentence takes a new date. */
export const consentVersion = '2026-11-22'

// From 7 years on the person is asked too (domain notes on regulations, §8.1); the server judges.
const consentFromAge = 7

/** Is the person old enough to be asked? */
function isAsked({ birthDate }: Draft): boolean {
  if (birthDate === '') return false
  return `${Number(birthDate.slice(0, 4)) + consentFromAge}${birthDate.slice(4)}` <= localDay()
}

/** Is all there that is needed, the word of a person old enough to be asked included? */
function isWhole(draft: Draft): boolean {
  if (draft.fullName.trim() === '' || draft.birthDate === '') return false
  return !isAsked(draft) || draft.dependantAgrees === true
}

interface FieldsProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problem: ApiProblem | null
}

function DeclareFields({ draft, change, problem }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('identity.name.field')}
        value={draft.fullName}
        onText={(fullName) => change({ fullName })}
        error={fieldText(problem, 'fullName')}
      />
      <RelationField
        label={t('identity.family.relation')}
        value={draft.relation}
        onChoose={(relation) => change({ relation })}
      />
      <DateField
        label={t('identity.family.birthDate')}
        max={localDay()}
        value={draft.birthDate}
        onText={(birthDate) => change({ birthDate })}
        error={fieldText(problem, 'birthDate')}
      />
    </>
  )
}

/** What is typed of the new person, and adding them. */
function useDeclared(onDone: () => void) {
  const [draft, setDraft] = useState<Draft>(() => ({
    personId: newId(),
    fullName: '',
    relation: 'child',
    birthDate: '',
    consentVersion,
  }))
  const add = useSend('identity.addFamilyMember')
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const submit = async (): Promise<void> => {
    const reply = await add.run({ body: draft })
    if (!reply) return
    toast({ text: t('identity.family.added', { name: reply.fullName }) })
    onDone()
    await refresh('identity.')
  }
  return { draft, change, add, submit }
}

/** A new person one acts for: somebody who has no record yet. */
export function DeclareMember({ onDone }: { onDone: () => void }) {
  const { draft, change, add, submit } = useDeclared(onDone)
  const [agreed, setAgreed] = useState(false)
  return (
    <Stack gap={4}>
      <DeclareFields draft={draft} change={change} problem={add.problem} />
      <CheckboxField label={t('identity.family.consent')} checked={agreed} onToggle={setAgreed} />
      {isAsked(draft) && (
        <CheckboxField
          label={t('identity.family.agrees')}
          checked={draft.dependantAgrees ?? false}
          onToggle={(dependantAgrees) => change({ dependantAgrees })}
        />
      )}
      {add.problem?.code === 'GUARDIAN_BIRTH_DATE_MISSING' ? (
        <OwnBirthDate onDone={add.clear} />
      ) : (
        <ProblemNotice error={add.problem} />
      )}
      <Button look="primary" wide busy={add.busy} disabled={!agreed || !isWhole(draft)} onClick={() => void submit()}>
        {t('do.save')}
      </Button>
    </Stack>
  )
}
