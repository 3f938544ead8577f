import { qualifications } from '@moinha/contracts/qualifications'
import { staffSheetRows } from '@moinha/contracts/identity/staff-sheet'
import { randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCard, facilityErrors, writeTables, type FileRow } from '../../facilities/index.ts'
import { digestOfSheet, judgeStaffSheet, phonesOf, type JudgedRow } from '../domain/staff-sheet.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { addStaffAccount } from '../store/owner-functions.ts'
import { lockSheets, staffOfPhones, unitsBeneath, usernames } from '../store/staff-sheet.ts'
import { createPerson } from './create-person.ts'
import { grantRole, listRoles } from './grants.ts'
import { managedPath } from './managed-unit.ts'
import { insertPractitionerRole } from './practitioner-roles.ts'
import { issueSlip, type Slip } from './slips.ts'

/** Who of a sheet would be made, who is here already, and what is wrong in which row; that it was asked is kept. */
export async function checkStaffSheet(work: Work, facilityId: string, file: readonly FileRow[]) {
  const report = await judgeSheet(work, facilityId, file)
  work.audit({
    action: 'identity.checkStaffSheet',
    subject: 'facility',
    subjectId: facilityId,
    facilityId,
    detail: report.counts,
  })
  return report
}

async function judgeSheet(work: Work, facilityId: string, file: readonly FileRow[]) {
  const path = await managedPath(work, facilityId)
  if (file.length > staffSheetRows) throw identityErrors.STAFF_SHEET_TOO_LONG({ most: staffSheetRows })
  const home = await facilityCard(work.tx, facilityId)
  const { items: roles } = await listRoles(work, facilityId)
  const rows = judgeStaffSheet(file, {
    home: { id: facilityId, key: home?.key ?? '', name: home?.name ?? '' },
    units: await unitsBeneath(work.tx, path),
    roles: roles.map(({ key, vi, en, grantable }) => ({ key, names: [vi, en], grantable })),
    known: await staffOfPhones(work.tx, phonesOf(file)),
    takenUsernames: await usernames(work.tx),
    actorId: work.actor.personId,
  })
  const count = (verdict: JudgedRow['verdict']) => rows.filter((row) => row.verdict === verdict).length
  const counts = { new: count('new'), known: count('known'), wrong: count('wrong') }
  return { rows, counts, digest: digestOfSheet(rows) }
}

/** Writes the whole sheet or nothing; refused when it is not what was shown. A slip for each who is new. */
export async function applyStaffSheet(
  work: Work,
  parts: IdentityParts,
  sheet: { facilityId: string; file: readonly FileRow[]; digest: string },
) {
  await lockSheets(work.tx)
  const report = await judgeSheet(work, sheet.facilityId, sheet.file)
  if (report.counts.wrong > 0) throw facilityErrors.IMPORT_HAS_ERRORS({ count: report.counts.wrong })
  if (report.digest !== sheet.digest) throw facilityErrors.IMPORT_CHANGED()
  // nobody knows it, and it is nobody's: each person sets their own by the slip
  const deadPassword = await (await parts.auth.$context).password.hash(temporaryPassword())
  const slips: Slip[] = []
  for (const row of report.rows.filter((one) => one.verdict === 'new'))
    slips.push(await makeStaff(work, row, deadPassword))
  work.audit({
    action: 'identity.applyStaffSheet',
    subject: 'facility',
    subjectId: sheet.facilityId,
    facilityId: sheet.facilityId,
    detail: { made: slips.length },
  })
  return { report, slips }
}

async function makeStaff(work: Work, row: JudgedRow, deadPassword: string): Promise<Slip> {
  const personId = randomUUID()
  await createPerson(work, { id: personId, fullName: row.fullName, phone: row.phone })
  const account = { personId, username: row.username, passwordHash: deadPassword, mustChange: true }
  if (!(await addStaffAccount(work, account))) throw facilityErrors.IMPORT_CHANGED()
  await insertPractitionerRole(work, personId, {
    practitionerRoleId: randomUUID(),
    facilityId: row.facilityId,
    qualification: row.qualification,
    title: qualifications[row.qualification].vi,
    degree: '',
    specialties: [],
    licenceNo: row.licenceNo,
    licenceIssuer: '',
    licenceDate: null,
    licenceScope: '',
    weeklyHours: null,
    // who treats nobody is not shown to the public
    isPublic: row.qualification !== 'other',
  })
  for (const role of row.roles) await grantRole(work, { id: randomUUID(), personId, role, facilityId: row.facilityId })
  const { fullName, username, facilityName } = row
  return issueSlip(work, { personId, fullName, username, facilityName }, deadPassword)
}

const headers = [
  'Họ và tên',
  'Số điện thoại',
  'Chức danh',
  'Vai trò',
  'Đơn vị',
  'Tên đăng nhập',
  'Số giấy phép hành nghề',
]

/** An empty sheet, and beside it the words its columns may hold here. */
export async function staffSheetTemplate(work: Work, facilityId: string): Promise<Buffer> {
  const path = await managedPath(work, facilityId)
  const units = await unitsBeneath(work.tx, path)
  const { items } = await listRoles(work, facilityId)
  const roles = items.filter((role) => role.grantable)
  const titles = Object.values(qualifications)
  const lines = Array.from({ length: Math.max(titles.length, roles.length, units.length) }, (_, at) => [
    titles[at]?.vi ?? '',
    roles[at]?.vi ?? '',
    units[at]?.name ?? '',
  ])
  const guide = [
    ['Chức danh', 'Vai trò (nhiều vai trò: cách nhau bằng dấu ;)', 'Đơn vị (để trống: đơn vị này)'],
    ...lines,
  ]
  return writeTables([
    { name: 'Nhân viên', rows: [headers], widths: [28, 16, 22, 34, 36, 18, 24] },
    { name: 'Từ dùng được', rows: guide, widths: [26, 44, 44] },
  ])
}
