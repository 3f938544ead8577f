import { Button, DateField, EmptyState, isDay, LinkButton, PageHeader, Row, SearchField, Skeleton } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queryFor } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { type TreeNode, useFreshUnits } from '../data.ts'
import { ExportDialog } from '../parts/export-dialog.tsx'
import { treeRows } from '../parts/tree-rows.ts'
import { UnitTree } from '../parts/unit-tree.tsx'
import css from './units.module.css'

/**
 * The last day of the old map and the first of the new: Resolution 202/2025/QH15 ended the district level on
 * 2025-07-01.
 */
const reform = { before: '2025-06-30', after: '2025-07-01' }

function MapDate({ on }: { on: string }) {
  const today = localDay()
  const go = (day: string) => setSearch({ on: day === today ? null : day })
  return (
    <div className={css.date}>
      <DateField
        label={t('facilities.units.mapOf')}
        value={on}
        min="2000-01-01"
        max="2099-12-31"
        onText={(day) => isDay(day) && go(day)}
      />
      <div className={css.presets} role="group" aria-label={t('facilities.units.presets')}>
        {[
          ['facilities.units.beforeReform', reform.before],
          ['facilities.units.afterReform', reform.after],
          ['facilities.units.today', today],
        ].map(([key, day]) => (
          <Button
            key={key}
            small
            look={day === on ? 'primary' : 'secondary'}
            aria-pressed={day === on}
            onClick={() => go(day ?? today)}
          >
            {t(key as 'facilities.units.today')}
          </Button>
        ))}
      </div>
    </div>
  )
}

const highestOwn = (nodes: readonly TreeNode[]): TreeNode | undefined => nodes.find((node) => node.mayManage)

function Actions({ own }: { own: TreeNode | undefined }) {
  const [exporting, setExporting] = useState(false)
  return (
    <Row>
      {own && (
        <Button icon="download" onClick={() => setExporting(true)}>
          {t('facilities.export.button')}
        </Button>
      )}
      <LinkButton icon="upload" href="/work/units/import">
        {t('facilities.import.button')}
      </LinkButton>
      {own && <ExportDialog open={exporting} onClose={() => setExporting(false)} unitId={own.id} unitName={own.name} />}
    </Row>
  )
}

/** The tree of any date, with the spreadsheets of one's own branch. */
export default function UnitsPage() {
  useFreshUnits()
  const on = useSearch().get('on') ?? localDay()
  const [query, setQuery] = useState('')
  const mayManage = useMay('facility.manage')
  const { data, error, refetch } = useQuery({
    ...queryFor('facilities.tree', { query: { on } }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title={t('facilities.units.title')}
        lead={t('facilities.units.lead')}
        actions={mayManage && <Actions own={highestOwn(data?.nodes ?? [])} />}
      />
      <div className={css.tools}>
        <SearchField label={t('facilities.units.search')} value={query} onText={setQuery} clearLabel={t('do.clear')} />
        <MapDate on={on} />
      </div>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton label={t('state.loading')} lines={8} card />}
      {data && (
        <p className={css.count} role="status">
          {t('facilities.units.count', { count: data.nodes.length, date: formatDate(data.on) })}
        </p>
      )}
      {data && data.nodes.length > 0 && (
        <UnitTree key={data.on} nodes={data.nodes} query={query} label={t('facilities.units.title')} />
      )}
      {data && <NothingFound nodes={data.nodes} query={query} />}
    </>
  )
}

function NothingFound({ nodes, query }: { nodes: readonly TreeNode[]; query: string }) {
  if (treeRows(nodes, new Set(), query).length > 0) return null
  return (
    <EmptyState picture="search" title={t('facilities.units.none')}>
      {t('facilities.units.noneHint')}
    </EmptyState>
  )
}
