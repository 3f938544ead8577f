import { useQuery } from '@tanstack/react-query'
import { queryFor } from '../../../platform/api/index.ts'
import { language } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'

export interface RoleLine {
  key: string
  name: string
  grantable: boolean
  /** What a program's token may carry under it. */
  scopes: readonly string[]
}

/** Roles with those I may grant at a unit; empty for whoever manages no staff. */
export function useRoles(facilityId: string): RoleLine[] {
  const enabled = useMay('staff.manage')
  const { data } = useQuery({ ...queryFor('identity.listRoles', { query: { facilityId } }), enabled })
  return (data?.items ?? []).map((role) => ({
    key: role.key,
    name: language() === 'vi' ? role.vi : role.en,
    grantable: role.grantable,
    scopes: role.scopes,
  }))
}
