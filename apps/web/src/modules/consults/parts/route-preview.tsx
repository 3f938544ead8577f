import { Skeleton } from '@moinha/ui'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { reasonWord } from '../data.ts'
import { MissingNotice } from './missing-notice.tsx'
import css from './request-form.module.css'

type Route = ReplyOf<'consults.previewRoute'>

/** The first to be rung, in their order. */
function Candidates({ candidates }: Pick<Route, 'candidates'>) {
  return (
    <ol className={css.route}>
      {candidates.slice(0, 6).map((candidate) => (
        <li key={candidate.personId}>
          <span>
            <strong>
              {candidate.title} {candidate.fullName}
            </strong>
            <span className={css.soft}>
              {reasonWord(candidate.reason)} · {candidate.facilityName}
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Who would be rung now, and why; asked again when somebody comes or goes. */
export function RoutePreview({ specialty, urgency }: { specialty: string; urgency: 'urgent' | 'scheduled' }) {
  const { data, error, refetch } = useRead('consults.previewRoute', { query: { specialty, urgency } })
  useLive('presence.changed', () => void refetch())
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={4} />
  if (data.missing) return <MissingNotice missing={data.missing} />
  return (
    <>
      <Candidates candidates={data.candidates} />
      {data.candidates[0] && (
        <p className={css.soft}>{t('consults.new.routeWait', { seconds: data.candidates[0].waitSeconds })}</p>
      )}
      {data.skipped.map((unit) => (
        <p key={unit.id} className={css.soft}>
          {t('consults.new.routeSkipped', { facility: unit.name })}
        </p>
      ))}
    </>
  )
}
