import { defaultRoles, permissions, type Permission, type RoleKey } from '@moinha/contracts/permissions'

/** A role may be granted by someone whose own role is at least as high. */
const ranks: Record<RoleKey, number> = {
  citizen: 0,
  it_helper: 5,
  station_nurse: 10,
  station_doctor: 15,
  specialist: 20,
  duty_lead: 30,
  unit_admin: 50,
  department_officer: 60,
  system_admin: 100,
}

export interface DefaultRole {
  key: RoleKey
  name_vi: string
  name_en: string
  rank: number
}

/** Roles of a fresh installation. */
export const freshRoles: DefaultRole[] = (Object.keys(defaultRoles) as RoleKey[]).map((key) => ({
  key,
  name_vi: defaultRoles[key].vi,
  name_en: defaultRoles[key].en,
  rank: ranks[key],
}))

/** Which roles get each permission of the catalogue at first. */
export const defaultPairs: { permission: Permission; roles: readonly RoleKey[] }[] = (
  Object.keys(permissions) as Permission[]
).map((permission) => ({ permission, roles: permissions[permission].roles }))

/** Where each kind of account begins. */
export function homeOf(kind: 'citizen' | 'staff'): string {
  return kind === 'staff' ? '/work' : '/'
}
