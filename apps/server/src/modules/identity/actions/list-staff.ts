import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { identityErrors } from '../errors.ts'
import { grantsOf, publicStaffOf, staffPage, type StaffPageRow } from '../store/staff.ts'

export interface StaffListQuery {
  facilityId: string
  beneath: 'yes' | 'no'
  q: string
  after?: string | undefined
  limit: number
}

/** Current staff of a unit, with account facts for those who manage it. */
export async function listStaff(work: Work, { facilityId, beneath, q, after, limit }: StaffListQuery) {
  const path = await pathOf(work.tx, facilityId)
  if (path === undefined) throw platformErrors.NOT_FOUND()
  if (!work.actor.canAt('staff.read', path)) throw identityErrors.FOREIGN_UNIT()
  const { rows, next } = await staffPage(work.tx, { path, beneath: beneath === 'yes', q, after, limit })
  const grants = await grantsOf(
    work.tx,
    rows.map((row) => row.person_id),
  )
  const items = rows.map((row) => ({
    ...cardOf(row),
    grants: grants
      .filter((grant) => grant.person_id === row.person_id)
      .map((grant) => ({ id: grant.id, role: grant.role_key, facilityId: grant.facility_id })),
    waitsForVouch: waitsForVouch(row),
    mayVouch: mayVouch(work, row),
    signsInFirst: mayVouch(work, row) && row.must_change_password === true,
    account: work.actor.canAt('staff.manage', row.path) ? accountOf(row) : null,
  }))
  return { items, next }
}

const waitsForVouch = (row: StaffPageRow): boolean => row.credential_by !== null && row.vouched_at === null

/**
 * May this viewer say who the person is? Never oneself, never the one who gave the password; the owner's function
 * judges again.
 */
function mayVouch({ actor }: Work, row: StaffPageRow): boolean {
  const other = actor.personId !== row.person_id && actor.personId !== row.credential_by
  return waitsForVouch(row) && other && actor.canAt('staff.vouch', row.path)
}

function cardOf(row: StaffPageRow) {
  return {
    practitionerRoleId: row.id,
    personId: row.person_id,
    fullName: row.full_name,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    qualification: { system: row.qualification_system, code: row.qualification_code, display: row.title },
    title: row.title,
    degree: row.degree,
    specialties: row.specialties,
    licenceNo: row.licence_no,
    licenceIssuer: row.licence_issuer,
    licenceDate: row.licence_date,
    licenceScope: row.licence_scope,
    weeklyHours: row.weekly_hours,
    isPublic: row.is_public,
  }
}

function accountOf(row: StaffPageRow) {
  if (!row.username) return null
  return {
    username: row.username,
    disabled: row.disabled_at !== null,
    totp: row.totp_enabled ?? false,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
  }
}

/** The published staff list of a unit, for anyone. */
export async function publicStaff(work: Work, facilityId: string) {
  return { items: await publicStaffOf(work.tx, facilityId) }
}
