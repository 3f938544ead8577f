import { Skeleton } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { PanelProps } from '../../calls/index.ts'
import { useMeeting } from '../data.ts'
import { AgendaPoints } from '../parts/agenda-list.tsx'

/** Agenda and documents beside the pictures. */
export function AgendaPanel({ context: { visitId } }: PanelProps) {
  const { data } = useMeeting(visitId)
  return data ? <AgendaPoints meeting={data} /> : <Skeleton label={t('state.loading')} lines={4} />
}
