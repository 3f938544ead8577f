import {
  Button,
  Card,
  LinkButton,
  Notice,
  PageHeader,
  RadioGroup,
  SelectField,
  Skeleton,
  Stack,
  StatusTag,
  Table,
} from '@moinha/ui'
import { refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { named } from '../data.ts'

type Row = ReplyOf<'records.teleList'>['items'][number]
const gates = ['treatment', 'examination', 'off'] as const

function Standing({ row }: { row: Row }) {
  if (row.status === 'verified') return <StatusTag tone="success">{t('records.tele.verified')}</StatusTag>
  return row.enabledAt ? (
    <StatusTag tone="info">{t('records.tele.enabled', { date: formatDate(row.enabledAt) })}</StatusTag>
  ) : (
    <StatusTag tone="warn">{t('records.tele.pending')}</StatusTag>
  )
}

function Switch({ row }: { row: Row }) {
  const sending = useSend('records.enableTeleRow')
  if (row.status === 'verified') return null
  const turn = async (): Promise<void> => {
    if (await sending.run({ params: { id: row.id }, body: { enabled: row.enabledAt === null } }))
      await refresh('records.teleList')
  }
  return (
    <>
      <Button small busy={sending.busy} onClick={() => void turn()}>
        {row.enabledAt ? t('records.tele.disable') : t('records.tele.enable')}
      </Button>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

type Gate = (typeof gates)[number]

function GateChoice({ value: chosen, onChoose }: { value: Gate; onChoose: (value: Gate) => void }) {
  return (
    <RadioGroup
      label={t('records.tele.gate')}
      value={chosen}
      onChoose={onChoose}
      choices={gates.map((value) => ({ value, label: named('teleGate', value) }))}
    />
  )
}

const conditions = ['announcement', 'registration', 'contract'] as const
const bindings = ['bind', 'warn', 'off'] as const
type Bindings = ReplyOf<'records.teleList'>['bindings']

interface BindingProps {
  condition: (typeof conditions)[number]
  value: (typeof bindings)[number]
}

/** What a missing announcement, registration or contract does. */
function BindingChoice({ condition, value: chosen }: BindingProps) {
  const sending = useSend('records.setGateBinding', { after: () => refresh('records.teleList') })
  const choose = (binding: (typeof bindings)[number]): void =>
    void sending.run({ params: { condition }, body: { binding } })
  return (
    <>
      <SelectField
        label={named('condition', condition)}
        value={chosen}
        onText={(binding) => choose(binding as BindingProps['value'])}
      >
        {bindings.map((value) => (
          <option key={value} value={value}>
            {named('binding', value)}
          </option>
        ))}
      </SelectField>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

function Conditions({ values }: { values: Bindings }) {
  return (
    <Card title={t('records.tele.conditions')}>
      <Stack gap={4}>
        <p>{t('records.tele.conditionsText')}</p>
        {conditions.map((condition) => (
          <BindingChoice key={condition} condition={condition} value={values[condition]} />
        ))}
      </Stack>
    </Card>
  )
}

function DiseaseTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Table
      caption={t('records.tele.title')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: 'no', title: t('records.tele.no'), cell: (row) => row.no ?? '—' },
        { key: 'name', title: t('records.tele.name'), cell: (row) => row.nameVi || t('records.tele.unnamed') },
        { key: 'icd', title: 'ICD-10', cell: (row) => row.icd10 },
        { key: 'standing', title: t('records.tele.standing'), cell: (row) => <Standing row={row} /> },
        { key: 'do', title: t('records.tele.vouch'), cell: (row) => <Switch row={row} /> },
      ]}
    />
  )
}

/** Which of several lists is shown: the one in force on that day. */
function ListOfDay({ days, on }: { days: readonly string[]; on: string }) {
  const shown = days.find((day) => day <= on) ?? days.at(-1) ?? ''
  return (
    <SelectField label={t('records.tele.listOf')} value={shown} onText={(day) => setSearch({ on: day })}>
      {days.map((day) => (
        <option key={day} value={day}>
          {t('records.tele.since', { date: formatDate(day) })}
        </option>
      ))}
    </SelectField>
  )
}

/** The list of diseases that may be treated remotely: what is verified, what a person must vouch for. */
export default function TeleListPage() {
  const asked = useSearch().get('on')
  const { data, error, refetch } = useRead('records.teleList', { query: asked === null ? {} : { on: asked } })
  const gate = useSend('records.setTeleGate')
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  const choose = async (value: Gate): Promise<void> => {
    if (await gate.run({ body: { gate: value } })) await refresh('records.teleList')
  }
  return (
    <>
      <PageHeader
        title={t('records.tele.title')}
        lead={t('records.tele.lead')}
        actions={
          <>
            <LinkButton href="/work/diagnosis-list">{t('records.icdList.title')}</LinkButton>
            <LinkButton icon="upload" href="/work/tele-list/import">
              {t('records.teleImport.open')}
            </LinkButton>
          </>
        }
      />
      <Stack gap={5}>
        <GateChoice value={data.gate} onChoose={(value) => void choose(value)} />
        <ProblemNotice error={gate.problem} />
        <Conditions values={data.bindings} />
        <Notice tone="warn" still>
          {t('records.tele.pendingText')}
        </Notice>
        {data.days.length > 1 && <ListOfDay days={data.days} on={data.on} />}
        <DiseaseTable rows={data.items} />
      </Stack>
    </>
  )
}
