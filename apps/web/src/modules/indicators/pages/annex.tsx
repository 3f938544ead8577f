import { Badge, Button, Card, cx, EmptyState, LinkButton, PageHeader, Row, Skeleton } from '@moinha/ui'
import { type ComponentProps, useState } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { type Annex, type AnnexRow, askFor, type Asked, fileAddress, quarterName, useAnnex, useAsked } from '../data.ts'
import { AnnexTable } from '../parts/annex-table.tsx'
import css from '../parts/annex.module.css'
import { MapSwitch } from '../parts/map-switch.tsx'
import { RegisterDialog } from '../parts/register-dialog.tsx'
import { RowPanel } from '../parts/row-panel.tsx'
import { QuarterChooser, UnitChooser } from '../parts/unit-chooser.tsx'
import { quarterOf, shiftQuarter } from '../quarter.ts'

/** Is the quarter still running, due, or past its day? */
function Due({ annex }: { annex: Annex }) {
  const today = localDay()
  const [tone, key] =
    today <= annex.to
      ? (['info', 'running'] as const)
      : today <= annex.form.dueOn
        ? (['warn', 'due'] as const)
        : (['plain', 'past'] as const)
  return (
    <p className={css.facts}>
      <span>{t('indicators.span', { from: formatDate(annex.from), to: formatDate(annex.to) })}</span>
      <span>{t('indicators.units', { count: annex.unitsCounted })}</span>
      <span>{t('indicators.dueOn', { date: formatDate(annex.form.dueOn) })}</span>
      <Badge tone={tone}>{t(`indicators.due.${key}`)}</Badge>
    </p>
  )
}

/** Heads of the paper, shown only in print. */
function PaperHead({ annex }: { annex: Annex }) {
  return (
    <div className={css.paper}>
      <p>{annex.unit.name}</p>
      <h2>{annex.form.nameVi}</h2>
      <p>
        {quarterName(annex.quarter)} ({formatDate(annex.from)} – {formatDate(annex.to)})
      </p>
      <p>{annex.form.source}</p>
    </div>
  )
}

function PaperFoot({ annex }: { annex: Annex }) {
  const notes = annex.rows.filter((row) => row.note)
  return (
    <div className={css.paper}>
      {notes.length > 0 && (
        <ul>
          {notes.map((row) => (
            <li key={row.no}>
              {row.no}: {row.note}
            </li>
          ))}
        </ul>
      )}
      <div className={css.signatures}>
        <p>{t('indicators.print.maker')}</p>
        <p>{t('indicators.print.head')}</p>
      </div>
      <p>{t('indicators.print.demo', { date: formatDate(new Date()) })}</p>
    </div>
  )
}

/** What the report is about, and the ways to take it along. */
function AskedBar({ asked, annex }: { asked: Asked; annex: Annex }) {
  const step = (by: number): void => askFor({ quarter: shiftQuarter(asked.quarter, by), map: null, row: null })
  return (
    <div className={css.asked} data-no-print>
      <UnitChooser name={annex.unit.name} />
      <QuarterChooser name={quarterName(asked.quarter)} onStep={step} atEnd={asked.quarter >= quarterOf(localDay())} />
      <Row>
        <LinkButton icon="download" href={fileAddress(asked)} download>
          {t('indicators.download')}
        </LinkButton>
        <Button icon="report" onClick={() => window.print()}>
          {t('indicators.print')}
        </Button>
      </Row>
    </div>
  )
}

/** The annex between the head and the foot it has on paper. */
function Sheet(props: ComponentProps<typeof AnnexTable>) {
  return (
    <Card as="div">
      <PaperHead annex={props.annex} />
      <AnnexTable {...props} />
      <PaperFoot annex={props.annex} />
    </Card>
  )
}

function Report({ asked }: { asked: Asked }) {
  const { data: annex, error, isFetching, isPending, isPlaceholderData, refetch } = useAnnex(asked)
  const mayRegister = useMay('target.register')
  const [registering, setRegistering] = useState<AnnexRow | null>(null)
  if (isPending) return <Skeleton label={t('state.loading')} lines={12} card />
  if (!annex) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  const opened = annex.rows.find((row) => row.no === asked.rowNo && row.opens)
  return (
    <>
      <AskedBar asked={asked} annex={annex} />
      <div data-no-print>
        <Due annex={annex} />
      </div>
      <MapSwitch annex={annex} mapDate={asked.mapDate} />
      <div className={cx(css.sheet, opened && css.withPanel, isPlaceholderData && css.waiting)} aria-busy={isFetching}>
        <Sheet annex={annex} chosen={opened?.no ?? null} onRegister={mayRegister ? setRegistering : undefined} />
        {opened && <RowPanel asked={asked} row={opened} />}
      </div>
      {registering && <RegisterDialog annex={annex} row={registering} onClose={() => setRegistering(null)} />}
    </>
  )
}

/** The Kon Tum annex for a unit and a quarter. Every number opens into the activities it is made of. */
export default function AnnexPage() {
  const { asked, none, error } = useAsked()
  return (
    <>
      <div data-no-print>
        <PageHeader title={t('indicators.title')} lead={t('indicators.lead')} />
      </div>
      {error && <ProblemNotice error={error} />}
      {none && (
        <EmptyState picture="hills" title={t('indicators.noUnits')}>
          {t('indicators.noUnitsText')}
        </EmptyState>
      )}
      {!asked && !none && !error && <Skeleton label={t('state.loading')} lines={12} card />}
      {asked && <Report asked={asked} />}
    </>
  )
}
