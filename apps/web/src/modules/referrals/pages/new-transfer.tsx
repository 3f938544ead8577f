import {
  Button,
  Card,
  LinkButton,
  Notice,
  PageHeader,
  RadioGroup,
  Skeleton,
  Stack,
  TextArea,
  TextField,
} from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, type ReplyOf, useRead, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate, useSearch } from '../../../platform/router/index.ts'
import { UnitChoice } from '../parts/unit-choice.tsx'
import { draftFrom, type TransferDraft } from '../transfer-draft.ts'

type EncounterPage = ReplyOf<'records.readEncounter'>
type Change = (change: Partial<TransferDraft>) => void
interface PartProps {
  draft: TransferDraft
  change: Change
  tried: boolean
}

/** A transfer slip, begun with what the encounter says. */
export default function NewTransferPage() {
  const id = useSearch().get('encounterId') ?? ''
  const { data, error, refetch } = useRead('records.readEncounter', { params: { id } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return <TransferForm key={id} page={data} />
}

function TransferForm({ page }: { page: EncounterPage }) {
  const { encounter, patient } = page
  const [draft, setDraft] = useTyped(`transfer:${encounter.id}`, () => draftFrom(page))
  const [tried, setTried] = useState(false)
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }))
  const part = { draft, change, tried }
  return (
    <Stack gap={4}>
      <PageHeader
        title={t('referrals.new.title')}
        lead={patient.fullName}
        back={{ href: `/work/encounters/${encounter.id}`, label: t('referrals.new.back') }}
      />
      <Diagnosis page={page} />
      <Card title={t('referrals.new.where')}>
        <UnitChoice
          label={t('referrals.new.unit')}
          unit={draft.unit}
          except={encounter.facilityId}
          onUnit={(unit) => change({ unit })}
          error={tried && !draft.unit && t('referrals.new.unitNeeded')}
        />
      </Card>
      <Summary {...part} />
      <Journey {...part} />
      <Send page={page} draft={draft} onTry={() => setTried(true)} />
    </Stack>
  )
}

/** The diagnosis stands in the encounter, and is changed there. */
function Diagnosis({ page: { encounter } }: { page: EncounterPage }) {
  if (encounter.diagnoses.length > 0)
    return (
      <Card title={t('referrals.new.diagnosis')}>
        <p>{encounter.diagnoses.map((one) => `${one.code} ${one.display}`).join('; ')}</p>
      </Card>
    )
  const back = <LinkButton href={`/work/encounters/${encounter.id}`}>{t('referrals.new.diagnosisAdd')}</LinkButton>
  return (
    <Notice tone="warn" still actions={back}>
      {t('referrals.new.diagnosisNeeded')}
    </Notice>
  )
}

function Summary({ draft, change, tried }: PartProps) {
  return (
    <Card title={t('referrals.new.summary')}>
      <TextArea
        label={t('referrals.new.signs')}
        rows={3}
        value={draft.signs}
        onText={(signs) => change({ signs })}
        error={tried && !draft.signs.trim() && t('referrals.new.signsNeeded')}
      />
      {(['course', 'results', 'treatment', 'condition', 'plan'] as const).map((field) => (
        <TextArea
          key={field}
          label={t(`referrals.new.${field}`)}
          optionalMark={t('field.optional')}
          rows={2}
          value={draft[field]}
          onText={(text) => change({ [field]: text })}
        />
      ))}
    </Card>
  )
}

function Journey({ draft, change }: PartProps) {
  return (
    <Card title={t('referrals.new.journey')}>
      <RadioGroup
        columns
        label={t('referrals.new.reason')}
        choices={(['medical', 'own_wish'] as const).map((value) => ({ value, label: t(`referrals.reason.${value}`) }))}
        value={draft.reason}
        onChoose={(reason) => change({ reason })}
      />
      <RadioGroup
        columns
        label={t('referrals.new.transport')}
        choices={(['own', 'ambulance', 'other'] as const).map((value) => ({
          value,
          label: t(`referrals.transport.${value}`),
        }))}
        value={draft.transport}
        onChoose={(transport) => change({ transport })}
      />
      <TextField
        label={t('referrals.new.escort')}
        optionalMark={t('field.optional')}
        value={draft.escort}
        onText={(escort) => change({ escort })}
      />
    </Card>
  )
}

function Send({ page, draft, onTry }: { page: EncounterPage; draft: TransferDraft; onTry: () => void }) {
  const sending = useSend('referrals.issueTransfer')
  const [id] = useState(newId)
  const { unit, ...said } = draft
  const send = async (): Promise<void> => {
    onTry()
    if (!unit || !draft.signs.trim()) return
    const done = await sending.run({ body: { id, encounterId: page.encounter.id, toFacilityId: unit.id, ...said } })
    if (!done) return
    await refresh('referrals.', 'records.')
    navigate(`/work/referrals/${done.id}`)
  }
  return (
    <Card>
      <p>{t('referrals.new.seen')}</p>
      <ProblemNotice error={sending.problem} />
      <Button look="primary" icon="send" wide busy={sending.busy} onClick={() => void send()}>
        {t('referrals.new.do')}
      </Button>
    </Card>
  )
}
