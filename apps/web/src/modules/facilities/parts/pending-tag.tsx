import { Badge } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'

/** Nobody has verified this yet: no source document, or an assumption of the demo. */
export function PendingTag() {
  return <Badge tone="warn">{t('facilities.pending')}</Badge>
}
