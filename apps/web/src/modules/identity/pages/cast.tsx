import { PageHeader } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { CastList } from '../parts/cast-list.tsx'

/** The cast again, for changing roles in the middle of a story. */
export default function CastPage() {
  return (
    <>
      <PageHeader title={t('identity.cast.heading')} lead={t('identity.cast.lead')} />
      <CastList />
    </>
  )
}
