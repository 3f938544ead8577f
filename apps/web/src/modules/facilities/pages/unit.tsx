import { Skeleton } from '@moinha/ui'
import type { ReactNode } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam, useSearch } from '../../../platform/router/index.ts'
import { type Unit, useFreshUnits } from '../data.ts'
import { UnitHeader, type View, views } from '../parts/unit-header.tsx'
import { UnitHistory } from '../parts/unit-history.tsx'
import { UnitLinks } from '../parts/unit-links.tsx'
import { UnitProfile } from '../parts/unit-profile.tsx'
import { UnitServices } from '../parts/unit-services.tsx'

const faces: Record<View, (props: { unit: Unit }) => ReactNode> = {
  profile: UnitProfile,
  services: UnitServices,
  links: UnitLinks,
  history: UnitHistory,
}

/** One unit: profile, announced services, support links, dated facts. */
export default function UnitPage() {
  useFreshUnits()
  const id = useParam('id')
  const asked = useSearch().get('view')
  const view = views.find((one) => one === asked) ?? 'profile'
  const { data: unit, error, refetch } = useRead('facilities.unit', { params: { id } })
  const Face = faces[view]
  return (
    <>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {!unit && !error && <Skeleton label={t('state.loading')} lines={8} card />}
      {unit && <UnitHeader unit={unit} current={view} />}
      {unit && <Face key={unit.id} unit={unit} />}
    </>
  )
}
