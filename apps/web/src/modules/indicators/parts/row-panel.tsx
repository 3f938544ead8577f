import { Badge, Button, Dialog, EmptyState, Skeleton, Stack } from '@moinha/ui'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, formatNumber, inLanguage, t } from '../../../platform/i18n/index.ts'
import { type AnnexRow, askFor, type Asked, labelOf, useActivities, useByUnit } from '../data.ts'
import css from './annex.module.css'

type Activity = ReplyOf<'indicators.annexActivities'>['items'][number]

const wide = '(min-width: 75rem)'

/** Is there room for a panel beside the table? */
function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(wide)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => window.matchMedia(wide).matches,
  )
}

function ByUnit({ asked, no }: { asked: Asked; no: string }) {
  const { data, error, isPending } = useByUnit(asked, no)
  const counted = data?.items.filter((item) => item.count > 0) ?? []
  const most = Math.max(1, ...counted.map((item) => item.count))
  if (isPending) return <Skeleton label={t('state.loading')} lines={4} />
  return (
    <section className={css.bars} aria-label={t('indicators.byUnit')}>
      <h3>{t('indicators.byUnit')}</h3>
      <ProblemNotice error={error} />
      {counted.map((item) => (
        <button
          key={item.unitId}
          type="button"
          className={css.bar}
          disabled={item.unitId === asked.unitId}
          onClick={() => askFor({ unit: item.unitId })}
        >
          <span className={css.barHead}>
            <span>{item.name}</span>
            <span>{formatNumber(item.count)}</span>
          </span>
          <progress aria-hidden="true" max={most} value={item.count} />
        </button>
      ))}
    </section>
  )
}

/** What became of an activity after it was counted: one sentence with when and why. */
function Corrected({ activity: { takenBack, restated } }: { activity: Activity }) {
  const correction = takenBack ?? restated
  if (!correction) return null
  const cause = inLanguage(correction.causeName)
  const words = { at: formatDateTime(correction.at), cause }
  const said = takenBack ? t('indicators.takenBack', words) : t('indicators.restated', words)
  return <span className={css.soft}>{said}</span>
}

function ActivityLine({ activity }: { activity: Activity }) {
  const who = [activity.practitionerName, activity.practitionerTitle].filter(Boolean).join(', ')
  const kind = inLanguage(activity.kindName)
  return (
    <li className={css.activity}>
      <span className={css.activityHead}>
        <strong>{activity.takenBack ? <s>{kind}</s> : kind}</strong>
        {activity.takenBack && <Badge tone="warn">{t('indicators.notCounted')}</Badge>}
        {!activity.selfPerformed && <Badge tone="info">{t('indicators.sentUp')}</Badge>}
      </span>
      <span>
        {formatDateTime(activity.at)} · {activity.facilityName}
        {activity.counterpartName && ` → ${activity.counterpartName}`}
      </span>
      <span className={css.soft}>
        {[who, activity.patientCode && t('indicators.patientCode', { code: activity.patientCode })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Corrected activity={activity} />
    </li>
  )
}

function Activities({ asked, no }: { asked: Asked; no: string }) {
  const activities = useActivities(asked, no)
  const items = (activities.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <section className={css.actions}>
      <h3>{t('indicators.activities')}</h3>
      {activities.isPending && <Skeleton label={t('state.loading')} lines={6} />}
      <ProblemNotice error={activities.error} onRetry={() => void activities.refetch()} />
      {!activities.isPending && !activities.error && items.length === 0 && (
        <EmptyState picture="search" title={t('indicators.noActivities')} />
      )}
      <ul className={css.activityList}>
        {items.map((activity) => (
          <ActivityLine key={activity.id} activity={activity} />
        ))}
      </ul>
      {activities.hasNextPage && (
        <Button wide busy={activities.isFetchingNextPage} onClick={() => void activities.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </section>
  )
}

/**
 * What one number is made of: by unit, and activity by activity. Beside the table where there is room, above it on a
 * phone.
 */
export function RowPanel({ asked, row }: { asked: Asked; row: AnnexRow }) {
  const beside = useWide()
  const label = labelOf(row)
  const heading = useRef<HTMLHeadingElement>(null)
  const close = (): void => askFor({ row: null })
  useEffect(() => heading.current?.focus({ preventScroll: true }), [row.no, beside])
  const inside = (
    <Stack gap={5}>
      <ByUnit asked={asked} no={row.no} />
      <Activities asked={asked} no={row.no} />
    </Stack>
  )
  const title = (
    <>
      {row.no}. <span lang={label.lang}>{label.text}</span>
    </>
  )
  if (!beside)
    return (
      <Dialog open wide onClose={close} title={title} closeLabel={t('do.close')}>
        {inside}
      </Dialog>
    )
  return (
    <aside className={css.panel} aria-label={label.text} data-no-print>
      <div className={css.panelHead}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" small icon="x" iconOnly onClick={close}>
          {t('do.close')}
        </Button>
      </div>
      {inside}
    </aside>
  )
}
