import type { MissingLink } from '@moinha/contracts/consults'
import { Notice } from '@moinha/ui'
import type { ApiProblem } from '../../../platform/api/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'

/** What a refused request says about the link that is missing. */
export const missingOf = (problem: ApiProblem | null): MissingLink | null =>
  problem?.code === 'CONSULT_NO_ROUTE' ? (problem.params as unknown as MissingLink) : null

/** Which link of the chain is missing, and who can be asked instead. */
export function MissingNotice({ missing }: { missing: MissingLink }) {
  const facts = { facilityName: missing.facilityName, specialty: missing.specialtyName, date: formatDate(missing.date) }
  return (
    <Notice
      tone="warn"
      title={
        missing.missing === 'SUPPORT_LINK'
          ? t('consults.missing.SUPPORT_LINK', facts)
          : t('consults.missing.ROSTER', facts)
      }
    >
      <p>
        {missing.offer
          ? t('consults.missing.offer', { name: missing.offer.fullName, facility: missing.offer.facilityName })
          : t('consults.missing.noOffer')}
      </p>
    </Notice>
  )
}
