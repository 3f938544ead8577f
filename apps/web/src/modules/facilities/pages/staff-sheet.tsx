import { Badge, Button, Card, LinkButton, Notice, PageHeader, Stack, Table } from '@moinha/ui'
import { refresh, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { FileChoice, sendSheet, useSteps } from '../../../platform/spreadsheets/index.ts'
import { codeName } from '../data.ts'
import { AwaitedStaff } from '../parts/awaited-staff.tsx'
import { roleName } from '../parts/staff-form.tsx'
import { Slips, type Slip } from '../parts/slips.tsx'
import { useRoles } from '../parts/use-roles.ts'
import css from './import.module.css'

type Report = ReplyOf<'identity.checkStaffSheet'>
type SheetRow = Report['rows'][number]
type Step = { at: 'choose' } | { at: 'read'; file: File; report: Report } | { at: 'done'; slips: readonly Slip[] }

/** What a staff sheet is, its template, and the file. */
function ChooseSheet({ id, busy, onFile }: { id: string; busy: boolean; onFile: (file: File) => void }) {
  return (
    <FileChoice
      title={t('facilities.sheet.step1')}
      what={t('facilities.sheet.what')}
      rules={[t('facilities.sheet.rulePhone'), t('facilities.sheet.ruleUser'), t('facilities.import.ruleLimit')]}
      beside={
        <LinkButton icon="download" href={`/api/identity/staff-sheet/${id}/template`} download>
          {t('facilities.sheet.template')}
        </LinkButton>
      }
      choose={t('facilities.import.choose')}
      reading={t('facilities.import.reading')}
      busy={busy}
      onFile={onFile}
    />
  )
}

const tones = { new: 'success', known: 'plain', wrong: 'danger' } as const

function Verdict({ row }: { row: SheetRow }) {
  return (
    <Stack gap={2}>
      <span>
        <Badge tone={tones[row.verdict]}>{wordFor(`facilities.sheet.is.${row.verdict}`)}</Badge>
      </span>
      {row.errors.map(({ column, code }) => (
        <strong key={`${column} ${code}`}>
          {wordFor(`facilities.sheetColumn.${column}`)}: {wordFor(`facilities.sheetError.${code}`) ?? code}
        </strong>
      ))}
      {row.heldQualification && row.verdict === 'known' && (
        <span>
          <Badge tone="warn">{t('facilities.sheet.qualificationDiffers')}</Badge>{' '}
          {t('facilities.sheet.qualificationHeld', { held: codeName('qualification', row.heldQualification) })}
        </span>
      )}
      {row.rolesDiffer && row.verdict === 'known' && <span>{t('facilities.sheet.rolesDiffer')}</span>}
    </Stack>
  )
}

/** The phone as people dial it; a qualification nobody knows is not shown as another. */
function factsOf(row: SheetRow): string {
  const known = row.errors.every(({ column }) => column !== 'qualification')
  const qualification = known ? codeName('qualification', row.qualification) : ''
  return [row.phone.replace(/^\+84/, '0'), row.username, qualification].filter(Boolean).join(' · ')
}

function Rows({ report, facilityId }: { report: Report; facilityId: string }) {
  const roles = useRoles(facilityId)
  return (
    <Table
      caption={t('facilities.sheet.caption')}
      rows={report.rows}
      rowKey={(row) => String(row.row)}
      columns={[
        { key: 'row', title: t('facilities.sheet.row'), cell: (row) => row.row },
        {
          key: 'person',
          title: t('facilities.sheet.person'),
          cell: (row) => (
            <span>
              <strong>{row.fullName}</strong>
              <br />
              {factsOf(row)}
            </span>
          ),
        },
        { key: 'unit', title: t('facilities.sheet.unit'), cell: (row) => row.facilityName },
        {
          key: 'roles',
          title: t('facilities.sheet.roles'),
          cell: (row) => row.roles.map((role) => roleName(roles, role)).join('; '),
        },
        { key: 'verdict', title: t('facilities.sheet.verdict'), cell: (row) => <Verdict row={row} /> },
      ]}
    />
  )
}

interface FoundProps {
  file: File
  report: Report
  facilityId: string
  busy: boolean
  onConfirm: () => void
  onAgain: () => void
}

function Found({ file, report, facilityId, busy, onConfirm, onAgain }: FoundProps) {
  const { counts } = report
  return (
    <Card
      title={t('facilities.sheet.step2')}
      actions={
        <Button icon="refresh" onClick={onAgain}>
          {t('facilities.import.another')}
        </Button>
      }
    >
      <Stack gap={4}>
        <p>
          <strong>{file.name}</strong>
        </p>
        {counts.wrong > 0 && <Notice tone="warn">{t('facilities.sheet.nothing')}</Notice>}
        {counts.wrong + counts.new === 0 && <Notice tone="info">{t('facilities.sheet.nobodyNew')}</Notice>}
        <Rows report={report} facilityId={facilityId} />
        {counts.wrong === 0 && counts.new > 0 && (
          <div className={css.confirm}>
            <Button look="primary" icon="check" busy={busy} onClick={onConfirm}>
              {t('facilities.sheet.confirm', { count: counts.new })}
            </Button>
            <span>{t('facilities.import.allOrNothing')}</span>
          </div>
        )}
      </Stack>
    </Card>
  )
}

/** A sheet is read and judged first; only what was judged makes accounts. */
function useStaffSheet(id: string) {
  const { step, setStep, busy, problem, attempt } = useSteps<Step>({ at: 'choose' })
  const read = (file: File) =>
    attempt(async () => ({ at: 'read', file, report: await sendSheet('identity.checkStaffSheet', file, { id }) }))
  const confirm = (file: File, digest: string) =>
    attempt(async () => {
      const { slips } = await sendSheet('identity.applyStaffSheet', file, { id, query: { digest } })
      // the codes show this once, so they wait for nothing
      void refresh('identity.')
      return { at: 'done', slips }
    })
  return { step, setStep, busy, problem, read, confirm }
}

function SheetHeader({ id }: { id: string }) {
  return (
    <div data-no-print>
      <PageHeader
        title={t('facilities.sheet.title')}
        back={{ href: `/work/units/${id}/staff`, label: t('facilities.sheet.back') }}
      />
    </div>
  )
}

/** A unit's first day: the sheet, a verdict on every line, all accounts or none, and slips to hand out. */
export default function StaffSheetPage() {
  const id = useParam('id')
  const { step, setStep, busy, problem, read, confirm } = useStaffSheet(id)
  return (
    <>
      <SheetHeader id={id} />
      <Stack gap={4}>
        <ProblemNotice error={problem} />
        {step.at === 'choose' && <ChooseSheet id={id} busy={busy} onFile={(file) => void read(file)} />}
        {step.at === 'read' && (
          <Found
            {...step}
            facilityId={id}
            busy={busy}
            onConfirm={() => void confirm(step.file, step.report.digest)}
            onAgain={() => setStep({ at: 'choose' })}
          />
        )}
        {step.at === 'done' && <Slips slips={step.slips} />}
        {step.at === 'choose' && <AwaitedStaff facilityId={id} onSlips={(slips) => setStep({ at: 'done', slips })} />}
      </Stack>
    </>
  )
}
