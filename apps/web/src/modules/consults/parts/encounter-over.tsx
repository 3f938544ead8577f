import type { Consult } from '@moinha/contracts/consults'
import { t } from '../../../platform/i18n/index.ts'

/** Why a request cannot be sent again, for who could send it. */
export function EncounterOver({ consult }: { consult: Consult }) {
  if (consult.encounterOpen || consult.side !== 'requesting') return null
  return <p>{t('consults.lead.encounterOver')}</p>
}
