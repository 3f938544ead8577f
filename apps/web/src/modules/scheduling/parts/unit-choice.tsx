import { EmptyState, SelectField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'

interface Unit {
  facilityId: string
  facilityName: string
}

/** The unit whose day is on screen: the first practitioner role, or the one of the address. */
export function useUnit(): { unit: Unit | null; units: readonly Unit[] } {
  const { me } = useSession()
  const wanted = useSearch().get('unit')
  const units = [
    ...new Map(
      (me?.practitionerRoles ?? []).map((practitionerRole) => [practitionerRole.facilityId, practitionerRole]),
    ).values(),
  ]
  return { unit: units.find((one) => one.facilityId === wanted) ?? units[0] ?? null, units }
}

/** Only for those who work at several units. */
export function UnitChoice({ unit, units }: { unit: Unit; units: readonly Unit[] }) {
  if (units.length < 2) return null
  return (
    <SelectField label={t('scheduling.today.unit')} value={unit.facilityId} onText={(id) => setSearch({ unit: id })}>
      {units.map((one) => (
        <option key={one.facilityId} value={one.facilityId}>
          {one.facilityName}
        </option>
      ))}
    </SelectField>
  )
}

export function NoUnit() {
  return (
    <EmptyState picture="people" title={t('scheduling.today.noPractitionerRole')}>
      <p>{t('scheduling.today.noPractitionerRoleText')}</p>
    </EmptyState>
  )
}
