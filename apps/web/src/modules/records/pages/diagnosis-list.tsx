import {
  Badge,
  Button,
  Card,
  DateField,
  isDay,
  Notice,
  PageHeader,
  Row,
  Stack,
  Table,
  TextField,
  toast,
} from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t, wordFor } from '../../../platform/i18n/index.ts'
import { FileChoice, sendSheet, useSteps } from '../../../platform/spreadsheets/index.ts'

type Report = ReplyOf<'records.checkDiagnosisList'>
type Edition = ReplyOf<'records.diagnosisEditions'>['items'][number]

/** Which list, and from which day on. */
interface Named {
  from: string
  edition: string
}

type Step = { at: 'choose' } | { at: 'read'; file: File; list: Named; report: Report }

const periodText = ({ from, until }: Edition): string => {
  if (from === null)
    return until === null ? t('records.icdList.always') : t('records.icdList.before', { date: formatDate(until) })
  const since = t('records.icdList.since', { date: formatDate(from) })
  return until === null ? since : `${since}, ${t('records.icdList.before', { date: formatDate(until) })}`
}

function Editions() {
  const { data } = useRead('records.diagnosisEditions')
  if (!data) return null
  return (
    <Card title={t('records.icdList.editions')} tight>
      <Table
        caption={t('records.icdList.editions')}
        rows={data.items}
        rowKey={(row) => `${row.edition} ${row.from} ${row.until}`}
        columns={[
          {
            key: 'edition',
            title: t('records.icdList.edition'),
            cell: (row) => (row.edition === 'starter' ? t('records.icdList.starter') : row.edition),
          },
          { key: 'period', title: t('records.icdList.period'), cell: periodText },
          { key: 'codes', title: t('records.icdList.codes'), number: true, cell: (row) => row.codes },
        ]}
      />
    </Card>
  )
}

interface ChooseProps {
  list: Named
  busy: boolean
  onChange: (change: Partial<Named>) => void
  onFile: (file: File) => void
}

function Choose({ list, busy, onChange, onFile }: ChooseProps) {
  const named = isDay(list.from) && list.edition.trim() !== ''
  return (
    <>
      <Card title={t('records.icdList.step1')}>
        <TextField
          label={t('records.icdList.edition')}
          hint={t('records.icdList.editionHint')}
          autoComplete="off"
          value={list.edition}
          onText={(edition) => onChange({ edition })}
        />
        <DateField label={t('records.icdList.from')} value={list.from} onText={(from) => onChange({ from })} />
      </Card>
      {named && (
        <FileChoice
          title={t('records.icdList.step2')}
          what={t('records.icdList.what')}
          rules={[t('records.icdList.ruleColumns'), t('records.icdList.ruleWhole'), t('records.icdList.ruleLimit')]}
          choose={t('facilities.import.choose')}
          reading={t('facilities.import.reading')}
          busy={busy}
          onFile={onFile}
        />
      )}
    </>
  )
}

function RowErrors({ report }: { report: Report }) {
  const count = report.errors.length + report.moreErrors
  return (
    <Card title={t('facilities.import.errorsTitle', { count })}>
      <Notice tone="warn">{t('facilities.import.nothingWritten')}</Notice>
      <Table
        caption={t('facilities.import.errorsCaption')}
        rows={report.errors}
        rowKey={(row) => `${row.row} ${row.column} ${row.code}`}
        columns={[
          { key: 'row', title: t('facilities.import.row'), cell: (row) => row.row },
          {
            key: 'column',
            title: t('facilities.import.column'),
            cell: (row) => wordFor(`records.icdList.column.${row.column}`) ?? row.column,
          },
          {
            key: 'value',
            title: t('facilities.import.value'),
            cell: (row) => row.value || t('facilities.import.empty'),
          },
          {
            key: 'code',
            title: t('facilities.import.wrong'),
            cell: (row) => <strong>{wordFor(`records.icdList.wrong.${row.code}`) ?? row.code}</strong>,
          },
        ]}
      />
      {report.moreErrors > 0 && <p>{t('facilities.import.moreErrors', { count: report.moreErrors })}</p>}
    </Card>
  )
}

interface FoundProps {
  step: Extract<Step, { at: 'read' }>
  busy: boolean
  onConfirm: () => void
}

/** What would change, and writing it. */
function Found({ step: { report, list }, busy, onConfirm }: FoundProps) {
  const { counts } = report
  if (report.errors.length > 0) return <RowErrors report={report} />
  return (
    <Card title={t('records.icdList.step3')}>
      <Stack gap={4}>
        <Row>
          <Badge tone="success">{t('facilities.import.new', { count: counts.new })}</Badge>
          <Badge tone="info">{t('facilities.import.changed', { count: counts.changed })}</Badge>
          <Badge>{t('facilities.import.unchanged', { count: counts.unchanged })}</Badge>
          {counts.gone > 0 && <Badge tone="warn">{t('records.icdList.gone', { count: counts.gone })}</Badge>}
        </Row>
        <p>{t('records.icdList.willHold', { date: formatDate(list.from) })}</p>
        <Row>
          <Button look="primary" icon="check" busy={busy} onClick={onConfirm}>
            {t('records.icdList.confirm')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}

/** A file is read and judged first; only what was judged is written. */
function useImport() {
  const [list, setList] = useState<Named>({ from: '', edition: '' })
  const { step, setStep, busy, problem, attempt } = useSteps<Step>({ at: 'choose' })
  const query = (named: Named) => ({ from: named.from, edition: named.edition.trim() })
  const read = (file: File) =>
    attempt(async () => {
      const report = await sendSheet('records.checkDiagnosisList', file, { query: query(list) })
      return { at: 'read', file, list, report }
    })
  const confirm = (seen: Extract<Step, { at: 'read' }>) =>
    attempt(async () => {
      const { digest } = seen.report
      await sendSheet('records.applyDiagnosisList', seen.file, { query: { ...query(seen.list), digest } })
      await refresh('records.diagnosisEditions', 'records.searchDiagnoses')
      toast({ text: t('records.icdList.done') })
      return { at: 'choose' }
    })
  return { list, setList, step, busy, problem, read, confirm, again: () => setStep({ at: 'choose' }) }
}

/** The dated lists of diagnoses, and a new one: name it → what is wrong → what changes → all of it, or nothing. */
export default function DiagnosisListPage() {
  const { list, setList, step, busy, problem, read, confirm, again } = useImport()
  return (
    <>
      <PageHeader
        title={t('records.icdList.title')}
        lead={t('records.icdList.lead')}
        back={{ href: '/work/tele-list', label: t('records.tele.title') }}
      />
      <Stack gap={4}>
        <Editions />
        <ProblemNotice error={problem} />
        {step.at === 'choose' ? (
          <Choose
            list={list}
            busy={busy}
            onChange={(change) => setList({ ...list, ...change })}
            onFile={(file) => void read(file)}
          />
        ) : (
          <>
            <Row spread>
              <strong>{step.file.name}</strong>
              <Button icon="refresh" onClick={again}>
                {t('facilities.import.another')}
              </Button>
            </Row>
            <Found step={step} busy={busy} onConfirm={() => void confirm(step)} />
          </>
        )}
      </Stack>
    </>
  )
}
