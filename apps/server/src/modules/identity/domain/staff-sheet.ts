import { PhoneTyped, Line } from '@moinha/contracts/common'
import { Username } from '@moinha/contracts/identity'
import { qualifications, type QualificationCode } from '@moinha/contracts/qualifications'
import { createHash } from 'node:crypto'
import { foldWord, type FileRow } from '../../facilities/index.ts'
import { toE164 } from './phone.ts'

/** Headers of a staff sheet, as its template writes them and as people write them. */
export const staffSheetShape = {
  headers: {
    'ho va ten': 'name',
    'ho ten': 'name',
    'full name': 'name',
    name: 'name',
    'so dien thoai': 'phone',
    'dien thoai': 'phone',
    phone: 'phone',
    'ten dang nhap': 'username',
    'user name': 'username',
    username: 'username',
    'chuc danh': 'qualification',
    qualification: 'qualification',
    'vai tro': 'roles',
    role: 'roles',
    roles: 'roles',
    'don vi': 'unit',
    unit: 'unit',
    'so giay phep hanh nghe': 'licence',
    licence: 'licence',
  },
  required: ['name', 'phone', 'qualification', 'roles'],
} as const satisfies { headers: Record<string, string>; required: readonly string[] }

const longestLicence = 60

export interface StaffSheetGround {
  /** The unit the sheet is for; rows that name none belong to it. */
  home: SheetUnit
  /** Units the actor manages, from the one of the sheet downwards. */
  units: readonly SheetUnit[]
  roles: readonly { key: string; names: readonly string[]; grantable: boolean }[]
  /** Staff who already have one of the phones of the sheet. */
  known: readonly KnownStaff[]
  takenUsernames: ReadonlySet<string>
  actorId: string | null
}

export interface SheetUnit {
  id: string
  key: string
  name: string
}

export interface KnownStaff {
  personId: string
  phone: string
  fullName: string
  username: string
  /** Where the live posts are. */
  facilityIds: readonly string[]
  roles: readonly string[]
  /** As what, at which unit. */
  qualifications: readonly { facilityId: string; code: string | null }[]
}

export interface JudgedRow {
  row: number
  fullName: string
  phone: string
  username: string
  facilityId: string
  facilityName: string
  qualification: QualificationCode
  licenceNo: string
  roles: string[]
  verdict: 'new' | 'known' | 'wrong'
  errors: { column: string; code: string }[]
  rolesDiffer: boolean
  /** Known here as something else; null where it is the same, or who is new. */
  heldQualification: string | null
}

/** Every row of a sheet with its verdict. Pure: nothing is written. */
export function judgeStaffSheet(rows: readonly FileRow[], ground: StaffSheetGround): JudgedRow[] {
  const judged = rows.map((row) => judgeRow(row, ground))
  refuseRepeats(judged)
  nameAccounts(judged, ground.takenUsernames)
  for (const row of judged) if (row.errors.length > 0) row.verdict = 'wrong'
  return judged
}

/** The phones a sheet names, as they are stored. */
export const phonesOf = (rows: readonly FileRow[]): string[] =>
  rows.flatMap(({ cells }) => phoneOf(cells['phone'] ?? '') ?? [])

function phoneOf(typed: string): string | undefined {
  // a spreadsheet takes the zero off a number
  const { success, data } = PhoneTyped.safeParse(/^[1-9]\d{8}$/.test(typed) ? `0${typed}` : typed)
  return success ? toE164(data) : undefined
}

type Wrong = (column: string, code: string) => void

function judgeRow({ row, cells }: FileRow, ground: StaffSheetGround): JudgedRow {
  const errors: JudgedRow['errors'] = []
  const wrong: Wrong = (column, code) => void errors.push({ column, code })
  const text = (column: string): string => cells[column] ?? ''
  const roles = rolesOf(text('roles'), ground, wrong)
  const judged: JudgedRow = {
    row,
    ...personOf(text('name'), text('phone'), wrong),
    username: usernameOf(text('username'), wrong),
    ...placeOf(text('unit'), ground, wrong),
    qualification: qualificationOf(text('qualification'), wrong),
    licenceNo: licenceOf(text('licence'), wrong),
    roles: roles.map((role) => role.key),
    verdict: 'new',
    errors,
    rolesDiffer: false,
    heldQualification: null,
  }
  const known = ground.known.find((one) => one.phone === judged.phone)
  if (known) judgeKnown(judged, known, ground)
  else for (const role of roles) if (!role.grantable) wrong('roles', 'ROLE_ABOVE_YOURS')
  return judged
}

const emptyOr = (text: string, code: string): string => (text === '' ? 'EMPTY' : code)

function personOf(typedName: string, typedPhone: string, wrong: Wrong): { fullName: string; phone: string } {
  const name = Line(120).safeParse(typedName)
  if (!name.success) wrong('name', emptyOr(typedName, 'BAD_NAME'))
  const phone = phoneOf(typedPhone)
  if (!phone) wrong('phone', emptyOr(typedPhone, 'BAD_PHONE'))
  return { fullName: name.success ? name.data : typedName.slice(0, 120), phone: phone ?? typedPhone.slice(0, 40) }
}

function placeOf(text: string, ground: StaffSheetGround, wrong: Wrong): { facilityId: string; facilityName: string } {
  const unit = unitOf(text, ground)
  if (!unit) wrong('unit', 'UNKNOWN_UNIT')
  return { facilityId: unit?.id ?? '', facilityName: unit?.name ?? text.slice(0, 200) }
}

/**
 * Somebody with this phone has an account: the same person at this unit, or a mistake, which learns nothing of whose
 * it is.
 */
function judgeKnown(row: JudgedRow, known: KnownStaff, { actorId }: StaffSheetGround): void {
  const lacking = row.roles.some((role) => !known.roles.includes(role))
  row.verdict = 'known'
  if (known.personId === actorId && lacking) row.errors.push({ column: 'roles', code: 'NOT_ON_YOURSELF' })
  if (foldWord(known.fullName) !== foldWord(row.fullName))
    row.errors.push({ column: 'phone', code: 'PHONE_OF_ANOTHER' })
  else if (!known.facilityIds.includes(row.facilityId))
    row.errors.push({ column: 'phone', code: 'PHONE_OF_OTHER_UNIT' })
  else {
    row.username = known.username
    row.rolesDiffer = lacking
    const held = known.qualifications
      .filter((one) => one.facilityId === row.facilityId)
      .map((one) => one.code ?? 'other')
    row.heldQualification = held.includes(row.qualification) ? null : (held[0] ?? null)
  }
}

function qualificationOf(text: string, wrong: Wrong): QualificationCode {
  const word = foldWord(text)
  const codes = Object.keys(qualifications) as QualificationCode[]
  const found = codes.find((code) =>
    [code, qualifications[code].vi, qualifications[code].en].some((one) => foldWord(one) === word),
  )
  if (!found) wrong('qualification', emptyOr(text, 'UNKNOWN_QUALIFICATION'))
  return found ?? 'other'
}

function unitOf(text: string, { home, units }: StaffSheetGround): SheetUnit | undefined {
  const word = foldWord(text)
  return word === '' ? home : units.find((unit) => unit.key === text.trim() || foldWord(unit.name) === word)
}

function rolesOf(text: string, { roles }: StaffSheetGround, wrong: Wrong) {
  const words = [
    ...new Set(
      text
        .split(/[;|\n]/)
        .map(foldWord)
        .filter(Boolean),
    ),
  ]
  if (words.length === 0) wrong('roles', 'EMPTY')
  return words.flatMap((word) => {
    const role = roles.find(({ key, names }) => [key, ...names].some((one) => foldWord(one) === word))
    if (!role) wrong('roles', 'UNKNOWN_ROLE')
    return role ?? []
  })
}

function licenceOf(text: string, wrong: Wrong): string {
  if (text.length > longestLicence) wrong('licence', 'BAD_LICENCE')
  return text.slice(0, longestLicence)
}

function usernameOf(text: string, wrong: Wrong): string {
  if (text === '') return ''
  const { success, data } = Username.safeParse(text)
  if (!success) wrong('username', 'BAD_USERNAME')
  return success ? data : text.slice(0, 60)
}

/** One phone is one person: a row twice, or two people under one number. */
function refuseRepeats(rows: readonly JudgedRow[]): void {
  for (const [phone, same] of Map.groupBy(rows, (row) => row.phone)) {
    if (phone === '' || same.length === 1) continue
    const names = new Set(same.map((row) => foldWord(row.fullName)))
    for (const [at, row] of same.entries()) {
      if (names.size > 1) row.errors.push({ column: 'phone', code: 'PHONE_TWICE' })
      else if (at > 0) row.errors.push({ column: 'phone', code: 'ROW_TWICE' })
    }
  }
}

/** Names of accounts: as given, else made of the person's name, `hoa.nt`, `hoa.nt2`. */
function nameAccounts(rows: readonly JudgedRow[], takenBefore: ReadonlySet<string>): void {
  const taken = new Set(takenBefore)
  const due = rows.filter((row) => row.verdict === 'new')
  for (const row of due.filter((one) => one.username !== '')) {
    if (taken.has(row.username)) row.errors.push({ column: 'username', code: 'USERNAME_TAKEN' })
    taken.add(row.username)
  }
  for (const row of due.filter((one) => one.username === '')) {
    const base = accountNameOf(row.fullName)
    for (let at = 1; row.username === ''; at++) {
      const name = at === 1 ? base : `${base}${at}`
      if (!taken.has(name)) row.username = name
    }
    taken.add(row.username)
  }
}

/** `Nguyễn Thị Hoa` → `hoa.nt`: the given name, then the first letters of the others. */
export function accountNameOf(fullName: string): string {
  const words = foldWord(fullName).split(' ').filter(Boolean)
  const given = words.pop() ?? 'nv'
  const letters = words.map((word) => word[0]).join('')
  return `${given}${letters && '.'}${letters}`.slice(0, 50).padEnd(3, '0')
}

/** Of exactly these verdicts; the same sheet against the same staff has the same. */
export const digestOfSheet = (rows: readonly JudgedRow[]): string =>
  createHash('sha256').update(JSON.stringify(rows)).digest('base64url')
