import {
  Badge,
  Button,
  Card,
  type Column,
  EmptyState,
  LinkButton,
  Notice,
  PageHeader,
  Row,
  Stack,
  Table,
} from '@moinha/ui'
import { refresh } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import { FileChoice, useSteps } from '../../../platform/spreadsheets/index.ts'
import { codeName, type Report, sendSpreadsheet } from '../data.ts'
import { ImportChanges } from '../parts/import-changes.tsx'
import css from './import.module.css'

type Step = { at: 'choose' } | { at: 'read'; file: File; report: Report } | { at: 'done'; report: Report }

const errorColumns = (): readonly Column<Report['errors'][number]>[] => [
  { key: 'sheet', title: t('facilities.import.sheet'), cell: (row) => codeName('sheet', row.sheet) },
  { key: 'row', title: t('facilities.import.row'), cell: (row) => row.row },
  {
    key: 'column',
    title: t('facilities.import.column'),
    cell: (row) => (
      <span>
        {codeName('column', row.column)} <code className={css.code}>{row.column}</code>
      </span>
    ),
  },
  {
    key: 'value',
    title: t('facilities.import.value'),
    cell: (row) => (row.value === '' ? <em>{t('facilities.import.empty')}</em> : row.value),
  },
  {
    key: 'code',
    title: t('facilities.import.wrong'),
    cell: (row) => <strong>{wordFor(`facilities.rowError.${row.code}`) ?? row.code}</strong>,
  },
]

function RowErrors({ report }: { report: Report }) {
  return (
    <Card title={t('facilities.import.errorsTitle', { count: report.errors.length + report.moreErrors })}>
      <Notice tone="warn">{t('facilities.import.nothingWritten')}</Notice>
      <Table
        caption={t('facilities.import.errorsCaption')}
        rows={report.errors}
        rowKey={(row) => `${row.sheet} ${row.row} ${row.column} ${row.code}`}
        columns={errorColumns()}
      />
      {report.moreErrors > 0 && <p>{t('facilities.import.moreErrors', { count: report.moreErrors })}</p>}
    </Card>
  )
}

function Counts({ report: { counts } }: { report: Report }) {
  return (
    <Row>
      {counts.new > 0 && <Badge tone="success">{t('facilities.import.new', { count: counts.new })}</Badge>}
      {counts.changed > 0 && <Badge tone="info">{t('facilities.import.changed', { count: counts.changed })}</Badge>}
      {counts.unchanged > 0 && <Badge>{t('facilities.import.unchanged', { count: counts.unchanged })}</Badge>}
    </Row>
  )
}

interface JudgedProps {
  report: Report
  busy: boolean
  onConfirm: () => void
}

/** What would change, and writing it. */
function Judged({ report, busy, onConfirm }: JudgedProps) {
  const total = report.counts.new + report.counts.changed
  return (
    <Card title={t('facilities.import.step2')} actions={<Counts report={report} />}>
      {total === 0 ? <Notice tone="info">{t('facilities.import.noChange')}</Notice> : <ImportChanges report={report} />}
      {total > 0 && (
        <div className={css.confirm}>
          <Button look="primary" icon="check" busy={busy} onClick={onConfirm}>
            {t('facilities.import.confirm', { count: total })}
          </Button>
          <span>{t('facilities.import.allOrNothing')}</span>
        </div>
      )}
    </Card>
  )
}

interface FoundProps {
  file: File
  report: Report
  busy: boolean
  onConfirm: () => void
  onAgain: () => void
}

function Found({ file, report, busy, onConfirm, onAgain }: FoundProps) {
  return (
    <Stack gap={5}>
      <Row spread>
        <p>
          <strong>{file.name}</strong>
        </p>
        <Button icon="refresh" onClick={onAgain}>
          {t('facilities.import.another')}
        </Button>
      </Row>
      {report.errors.length > 0 ? (
        <RowErrors report={report} />
      ) : (
        <Judged report={report} busy={busy} onConfirm={onConfirm} />
      )}
    </Stack>
  )
}

/** A file is read and judged first; only what was judged is written. */
function useImport() {
  const { step, setStep, busy, problem, attempt } = useSteps<Step>({ at: 'choose' })
  const read = (file: File) => attempt(async () => ({ at: 'read', file, report: await sendSpreadsheet(file) }))
  const confirm = (file: File, digest: string) =>
    attempt(async () => {
      const report = await sendSpreadsheet(file, digest)
      await refresh('facilities.')
      return { at: 'done', report }
    })
  return { step, busy, problem, read, confirm, again: () => setStep({ at: 'choose' }) }
}

function ChooseWorkbook({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  return (
    <FileChoice
      title={t('facilities.import.step1')}
      what={t('facilities.import.what')}
      rules={[t('facilities.import.ruleKept'), t('facilities.import.ruleDates'), t('facilities.import.ruleLimit')]}
      choose={t('facilities.import.choose')}
      reading={t('facilities.import.reading')}
      busy={busy}
      onFile={onFile}
    />
  )
}

function Written({ report }: { report: Report }) {
  return (
    <EmptyState
      picture="hills"
      title={t('facilities.import.done')}
      actions={
        <LinkButton look="primary" icon="tree" href="/work/units">
          {t('facilities.import.seeTree')}
        </LinkButton>
      }
    >
      <Counts report={report} />
    </EmptyState>
  )
}

/** Choose a file → what is wrong in which row → what would change → write all of it, or nothing. */
export default function ImportPage() {
  const { step, busy, problem, read, confirm, again } = useImport()
  return (
    <>
      <PageHeader
        title={t('facilities.import.title')}
        back={{ href: '/work/units', label: t('facilities.units.title') }}
      />
      <Stack gap={4}>
        <ProblemNotice error={problem} />
        {step.at === 'choose' && <ChooseWorkbook busy={busy} onFile={(file) => void read(file)} />}
        {step.at === 'read' && (
          <Found {...step} busy={busy} onConfirm={() => void confirm(step.file, step.report.digest)} onAgain={again} />
        )}
        {step.at === 'done' && <Written report={step.report} />}
      </Stack>
    </>
  )
}
