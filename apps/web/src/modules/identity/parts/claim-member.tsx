import { Button, CheckboxField, DateField, Notice, SelectField, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type InputOf, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { useDemo } from '../../../platform/session/index.ts'
import { consentVersion } from './declare-member.tsx'
import { OneTimeCodeField } from './one-time-code-field.tsx'
import { OwnBirthDate } from './own-birth-date.tsx'
import { type Relation, RelationField } from './relation-field.tsx'

type Who = InputOf<'records.claimProxy'>['body']['who']
const ways = ['citizen_id', 'insurance_card', 'name'] as const
type Way = (typeof ways)[number]

/** In the demo no message goes out: where it can be read. */
function DemoOutbox() {
  if (!useDemo()) return null
  return (
    <a href="/demo/outbox" target="_blank" rel="noopener">
      {t('identity.claim.demoOutbox')}
    </a>
  )
}

/** Confirms the claim; the person is then one of the family. */
function useConfirming(id: string, onDone: () => void) {
  const sending = useSend('records.confirmProxyClaim')
  const confirm = async (body: InputOf<'records.confirmProxyClaim'>['body']): Promise<void> => {
    const reply = await sending.run({ params: { id }, body })
    if (!reply) return
    toast({ text: t('identity.family.added', { name: reply.fullName }) })
    onDone()
    await refresh('identity.')
  }
  return { problem: sending.problem, busy: sending.busy, confirm }
}

/** The code that came to the phone of the record. */
function ClaimCode({ id, onDone, onBack }: { id: string; onDone: () => void; onBack: () => void }) {
  const [code, setCode] = useState('')
  const [agrees, setAgrees] = useState(false)
  const { problem, busy, confirm } = useConfirming(id, onDone)
  const submit = (): void => void confirm({ code, dependantAgrees: agrees })
  return (
    <Stack gap={4}>
      <Notice still>{t('identity.claim.sent')}</Notice>
      <DemoOutbox />
      <OneTimeCodeField code={code} onText={setCode} />
      <CheckboxField label={t('identity.family.agrees')} checked={agrees} onToggle={setAgrees} />
      <p>{t('identity.claim.noCode')}</p>
      <ProblemNotice error={problem} />
      <Button look="primary" wide busy={busy} disabled={code.length !== 6} onClick={submit}>
        {t('identity.claim.confirm')}
      </Button>
      <Button wide onClick={onBack}>
        {t('do.back')}
      </Button>
    </Stack>
  )
}

interface Typed {
  way: Way
  number: string
  fullName: string
  birthDate: string
}

const whoOf = ({ way, number, fullName, birthDate }: Typed): Who =>
  way === 'name' ? { fullName, birthDate } : { identifier: { system: way, value: number } }

const isWhole = ({ way, number, fullName, birthDate }: Typed): boolean =>
  way === 'name' ? fullName.trim() !== '' && birthDate !== '' : number.trim().length >= 6

interface WhoProps {
  typed: Typed
  onChange: (change: Partial<Typed>) => void
}

function NameFields({ typed, onChange }: WhoProps) {
  return (
    <>
      <TextField
        label={t('identity.name.field')}
        autoComplete="off"
        value={typed.fullName}
        onText={(fullName) => onChange({ fullName })}
      />
      <DateField
        label={t('identity.family.birthDate')}
        max={localDay()}
        value={typed.birthDate}
        onText={(birthDate) => onChange({ birthDate })}
      />
    </>
  )
}

/** Who it is: by a number, or by full name and birth date. */
function WhoFields({ typed, onChange }: WhoProps) {
  return (
    <>
      <SelectField label={t('identity.claim.by')} value={typed.way} onText={(way) => onChange({ way: way as Way })}>
        {ways.map((one) => (
          <option key={one} value={one}>
            {t(`identity.claim.by.${one}`)}
          </option>
        ))}
      </SelectField>
      {typed.way === 'name' ? (
        <NameFields typed={typed} onChange={onChange} />
      ) : (
        <TextField
          label={t(`identity.claim.by.${typed.way}`)}
          autoComplete="off"
          value={typed.number}
          onText={(number) => onChange({ number })}
        />
      )}
    </>
  )
}

/** Somebody who has a record: a code to the phone of that record proves that they agree. */
export function ClaimMember({ onDone }: { onDone: () => void }) {
  const [id, setId] = useState(newId)
  const [typed, setTyped] = useState<Typed>({ way: 'citizen_id', number: '', fullName: '', birthDate: '' })
  const [relation, setRelation] = useState<Relation>('parent')
  const [agreed, setAgreed] = useState(false)
  const [sent, setSent] = useState(false)
  const claim = useSend('records.claimProxy')
  const submit = async (): Promise<void> => {
    if (await claim.run({ body: { id, relation, consentVersion, who: whoOf(typed) } })) setSent(true)
  }
  // other particulars are another claim
  const back = (): void => {
    setId(newId())
    setSent(false)
  }
  if (sent) return <ClaimCode id={id} onDone={onDone} onBack={back} />
  return (
    <Stack gap={4}>
      <p>{t('identity.claim.lead')}</p>
      <WhoFields typed={typed} onChange={(change) => setTyped({ ...typed, ...change })} />
      <RelationField label={t('identity.family.relation')} value={relation} onChoose={setRelation} />
      <CheckboxField label={t('identity.family.consent')} checked={agreed} onToggle={setAgreed} />
      {claim.problem?.code === 'GUARDIAN_BIRTH_DATE_MISSING' ? (
        <OwnBirthDate onDone={claim.clear} />
      ) : (
        <ProblemNotice error={claim.problem} />
      )}
      <Button look="primary" wide busy={claim.busy} disabled={!agreed || !isWhole(typed)} onClick={() => void submit()}>
        {t('identity.claim.send')}
      </Button>
    </Stack>
  )
}
