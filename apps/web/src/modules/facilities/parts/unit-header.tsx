import { Icon, Notice, PageHeader, Row, StatusTag, Tabs } from '@moinha/ui'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { codeName, type Unit } from '../data.ts'
import { PendingTag } from './pending-tag.tsx'
import css from './unit-header.module.css'

export const views = ['profile', 'services', 'links', 'history'] as const
export type View = (typeof views)[number]

function Way({ unit }: { unit: Unit }) {
  return (
    <nav aria-label={t('facilities.unit.way')}>
      <ol className={css.way}>
        <li>
          <a href="/work/units">{t('facilities.units.title')}</a>
        </li>
        {unit.parents.map((parent) => (
          <li key={parent.id}>
            <Icon name="chevron" size={0.9} />
            <a href={`/work/units/${parent.id}`}>{parent.shortName}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A unit that has not begun, or no longer is, says so before anything else. */
function LifeNotice({ unit }: { unit: Unit }) {
  const today = localDay()
  const follow = unit.successors.map((next) => (
    <a key={next.id} href={`/work/units/${next.id}`}>
      {next.name}
    </a>
  ))
  if (unit.validTo !== null && unit.validTo <= today)
    return (
      <Notice tone="info" still title={t('facilities.unit.ended', { date: formatDate(unit.validTo) })}>
        {follow.length > 0 && (
          <p className={css.follow}>
            {t('facilities.unit.followedBy')} {follow}
          </p>
        )}
      </Notice>
    )
  if (unit.validTo !== null)
    return (
      <Notice tone="warn" still title={t('facilities.unit.willEnd', { date: formatDate(unit.validTo) })}>
        {follow.length > 0 && (
          <p className={css.follow}>
            {t('facilities.unit.followedBy')} {follow}
          </p>
        )}
      </Notice>
    )
  if (unit.validFrom > today)
    return <Notice tone="info" still title={t('facilities.unit.willBegin', { date: formatDate(unit.validFrom) })} />
  return null
}

const staffTabs = (base: string, current: string) =>
  (['staff', 'registrations'] as const).map((page) => ({
    href: `${base}/${page}`,
    label: t(`facilities.view.${page}`),
    current: current === page,
  }))

/** Name, place in the tree and the sub-pages of a unit. */
export function UnitHeader({ unit, current }: { unit: Unit; current: View | 'staff' | 'registrations' | 'programs' }) {
  const seesStaff = useMay('staff.read')
  const givesTokens = useMay('staff.manage') && unit.mayManage
  const base = `/work/units/${unit.id}`
  const tabs = [
    ...views.map((view) => ({
      href: view === 'profile' ? base : `${base}?view=${view}`,
      label: t(`facilities.view.${view}`),
      current: current === view,
    })),
    ...(seesStaff ? staffTabs(base, current) : []),
    ...(givesTokens
      ? [{ href: `${base}/programs`, label: t('facilities.view.programs'), current: current === 'programs' }]
      : []),
  ]
  return (
    <>
      <Way unit={unit} />
      <PageHeader title={unit.name} />
      <div className={css.under}>
        <Row>
          <span className={css.kind}>{codeName('type', unit.type)}</span>
          {unit.pending && <PendingTag />}
          {unit.mayManage && <StatusTag tone="primary">{t('facilities.tree.yours')}</StatusTag>}
        </Row>
        <LifeNotice unit={unit} />
        <Tabs label={t('facilities.unit.views')} tabs={tabs} />
      </div>
    </>
  )
}
