import { Badge } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { Priority } from '../data.ts'

/** A word for what should be read first; ordinary messages carry none. */
export function PriorityTag({ priority }: { priority: Priority }) {
  if (priority === 'normal') return null
  return <Badge tone={priority === 'urgent' ? 'urgent' : 'warn'}>{t(`news.priority.${priority}`)}</Badge>
}
