import { Badge, Button, Card, DateField, isDay, Notice, PageHeader, Row, Stack, Table } from '@moinha/ui'
import { useRef, useState } from 'react'
import { refresh, type ReplyOf } from '../../../platform/api/index.ts'
import { FileInput, sendSheet } from '../../../platform/spreadsheets/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { named } from '../data.ts'

type Report = ReplyOf<'records.checkTeleImport'>
type ReadRow = Report['rows'][number]

/** A file that was read, and what stands in it. */
function useTeleImport() {
  const [read, setRead] = useState<{ file: File; report: Report } | null>(null)
  const [from, setFrom] = useState(localDay())
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    await work().catch(setProblem)
    setBusy(false)
  }
  const choose = (file: File) =>
    attempt(async () => setRead({ file, report: await sendSheet('records.checkTeleImport', file) }))
  const apply = () =>
    attempt(async () => {
      if (!read) return
      await sendSheet('records.applyTeleImport', read.file, { query: { from } })
      await refresh('records.teleList')
      navigate(`/work/tele-list?on=${from}`)
    })
  return { read, from, setFrom, busy, problem, choose, apply }
}

function Choose({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Card title={t('records.teleImport.step1')}>
      <Stack gap={4}>
        <p>{t('records.teleImport.what')}</p>
        <FileInput input={input} label={t('records.teleImport.choose')} onFile={onFile} />
        <Row>
          <Button look="primary" icon="upload" busy={busy} onClick={() => input.current?.click()}>
            {t('records.teleImport.choose')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}

function Standing({ row }: { row: ReadRow }) {
  if (row.errors.length === 0)
    return (
      <Badge tone={row.status === 'verified' ? 'success' : 'warn'}>
        {t(row.status === 'verified' ? 'records.tele.verified' : 'records.tele.pending')}
      </Badge>
    )
  return (
    <Stack gap={2}>
      {row.errors.map((code) => (
        <strong key={code}>{named('teleImportError', code)}</strong>
      ))}
    </Stack>
  )
}

function Rows({ rows }: { rows: readonly ReadRow[] }) {
  return (
    <Table
      caption={t('records.teleImport.step2')}
      rows={rows}
      rowKey={(row) => String(row.row)}
      columns={[
        { key: 'row', title: t('records.teleImport.row'), cell: (row) => row.row },
        { key: 'no', title: t('records.tele.no'), cell: (row) => row.no ?? '—' },
        { key: 'name', title: t('records.tele.name'), cell: (row) => row.nameVi || t('records.tele.unnamed') },
        { key: 'icd', title: 'ICD-10', cell: (row) => row.icd10.join('; ') },
        { key: 'standing', title: t('records.tele.standing'), cell: (row) => <Standing row={row} /> },
      ]}
    />
  )
}

interface ConfirmProps {
  report: Report
  from: string
  onFrom: (day: string) => void
  busy: boolean
  onConfirm: () => void
}

function Confirm({ report, from, onFrom, busy, onConfirm }: ConfirmProps) {
  if (report.wrong > 0)
    return (
      <Notice tone="error" still>
        {t('records.teleImport.wrong', { count: report.wrong })}
      </Notice>
    )
  return (
    <Card title={t('records.teleImport.step3')}>
      <Stack gap={4}>
        <p>{t('records.teleImport.confirmText')}</p>
        <DateField label={t('records.teleImport.from')} value={from} onText={onFrom} required />
        <Row>
          <Button look="primary" icon="check" busy={busy} disabled={!isDay(from)} onClick={onConfirm}>
            {isDay(from) ? t('records.teleImport.confirm', { date: formatDate(from) }) : t('do.save')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}

/** A new list of a circular, read from a spreadsheet and put in force from a day on. */
export default function TeleImportPage() {
  const { read, from, setFrom, busy, problem, choose, apply } = useTeleImport()
  return (
    <>
      <PageHeader title={t('records.teleImport.title')} lead={t('records.teleImport.lead')} />
      <Stack gap={5}>
        <Choose busy={busy} onFile={(file) => void choose(file)} />
        {read && (
          <Confirm report={read.report} from={from} onFrom={setFrom} busy={busy} onConfirm={() => void apply()} />
        )}
        <ProblemNotice error={problem} />
        {read && <Rows rows={read.report.rows} />}
      </Stack>
    </>
  )
}
