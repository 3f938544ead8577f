import { changePassword, me, resetPassword, setDisabled, signIn } from '@moinha/contracts/identity'
import { firstSignIn, lookFirstCode } from '@moinha/contracts/identity/first-sign-in'
import {
  applyStaffSheet,
  checkStaffSheet,
  listAwaitedStaff,
  printSlips,
  staffSheetTemplate,
} from '@moinha/contracts/identity/staff-sheet'
import type { CallReply } from '@moinha/contracts/route'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { Answer, TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { newFirstCode } from '../domain/first-code.ts'
import { accountNameOf, judgeStaffSheet } from '../domain/staff-sheet.ts'
import { firstCodeTries } from '../domain/throttle-rules.ts'

const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const header = 'Họ và tên,Số điện thoại,Chức danh,Vai trò,Đơn vị,Tên đăng nhập'
const ownPassword = 'một câu dài dễ nhớ'
let bed: TestBed
let admin: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
}, 120_000)
afterAll(() => bed.close())

type Report = CallReply<typeof checkStaffSheet>
type Applied = CallReply<typeof applyStaffSheet>

const send = <T>(
  client: TestClient,
  path: string,
  lines: readonly string[],
  facilityId = ngocHoi,
): Promise<Answer<T>> =>
  client.send<T>({
    method: 'POST',
    url: path.replace(':id', facilityId),
    payload: [header, ...lines].join('\n'),
    headers: { 'content-type': 'text/csv' },
  })

const check = (lines: readonly string[], client = admin, facilityId = ngocHoi) =>
  send<Report>(client, checkStaffSheet.path, lines, facilityId)
const apply = (lines: readonly string[], digest: string) =>
  send<Applied>(admin, `${applyStaffSheet.path}?digest=${encodeURIComponent(digest)}`, lines)

const errors = (report: Report) =>
  report.rows.flatMap((row) => row.errors.map((error) => `${row.row} ${error.column} ${error.code}`).sort())

const counts = async () => {
  const tables = ['person', 'account_user', 'practitioner_role', 'role_grant', 'first_code']
  const found = await Promise.all(tables.map((table) => bed.owner.query(`select count(*) as n from identity.${table}`)))
  return found.map(({ rows }) => (rows as { n: string }[])[0]?.n)
}

const two = [
  'Nguyễn Thị Hoa,0912 000 101,Điều dưỡng,Y sĩ · điều dưỡng · hộ sinh trạm y tế,,',
  'Trần Văn Bình,912000102,doctor,specialist;duty_lead,,binh.bs',
]

describe('a staff sheet', () => {
  test('what is wrong is said for each row and cell, and nothing is written', async () => {
    const before = await counts()
    const { body } = await check([
      ',0912000201,Điều dưỡng,specialist,,',
      'Người Một,0912000202,Điều dưỡng,specialist,,',
      'Người Hai,0912000202,Điều dưỡng,specialist,,',
      'Người Ba,0912000203,Điều dưỡng,specialist,,',
      'Người Ba,0912000203,Điều dưỡng,specialist,,',
      'Người Tư,12,Phép thuật,thần tiên,,',
      'Người Năm,0912000205,Điều dưỡng,department_officer,Sở Y tế Quảng Ngãi,',
      'Người Sáu,0912000206,Điều dưỡng,specialist,,admin.ngochoi',
    ])
    expect(errors(body)).toEqual([
      '2 name EMPTY',
      '3 phone PHONE_TWICE',
      '4 phone PHONE_TWICE',
      '6 phone ROW_TWICE',
      '7 phone BAD_PHONE',
      '7 qualification UNKNOWN_QUALIFICATION',
      '7 roles UNKNOWN_ROLE',
      '8 roles ROLE_ABOVE_YOURS',
      '8 unit UNKNOWN_UNIT',
      '9 username USERNAME_TAKEN',
    ])
    const refused = await apply(['Người Tư,12,Phép thuật,thần tiên,,'], body.digest)
    expect(refused.problem?.code).toBe('IMPORT_HAS_ERRORS')
    expect(await counts()).toEqual(before)
  })

  test('the phone of another unit’s staff, another’s phone, and oneself are refused', async () => {
    const foreign = (
      await bed.owner.query<{ id: string; full_name: string }>(
        `select p.id, p.full_name from identity.person p join identity.account_user u on u.id = p.id
          where u.username = 'nurse.hoaihai'`,
      )
    ).rows[0]
    const self = (
      await bed.owner.query<{ id: string; full_name: string }>(
        `select p.id, p.full_name from identity.person p join identity.account_user u on u.id = p.id
          where u.username = 'admin.ngochoi'`,
      )
    ).rows[0]
    await bed.owner.query("update identity.person set phone = '+84912000301' where id = $1", [foreign?.id])
    await bed.owner.query("update identity.person set phone = '+84912000302' where id = $1", [self?.id])
    const { body } = await check([
      `${foreign?.full_name},0912000301,Điều dưỡng,specialist,,`,
      'Ai Đó,0912000301,Điều dưỡng,specialist,,',
      `${self?.full_name},0912000302,Bác sĩ,specialist,,`,
    ])
    expect(errors(body)).toEqual(
      expect.arrayContaining(['2 phone PHONE_OF_OTHER_UNIT', '3 phone PHONE_OF_ANOTHER', '4 roles NOT_ON_YOURSELF']),
    )
    // whose phone it is, and what they may do, is not the manager's to know
    expect(body.rows.slice(0, 2).map(({ username, rolesDiffer }) => [username, rolesDiffer])).toEqual([
      ['', false],
      ['', false],
    ])
    const { rows } = await bed.owner.query<{ detail: object; facility_id: string; subject_id: string }>(
      `select detail, facility_id, subject_id from audit.entry where action = 'identity.checkStaffSheet'
        order by id desc limit 1`,
    )
    expect(rows[0]).toEqual({ detail: body.counts, facility_id: ngocHoi, subject_id: ngocHoi })
  })

  test('is written whole after it was shown, gives a slip each, and the same again makes nobody', async () => {
    const shown = await check(two)
    expect(errors(shown.body)).toEqual([])
    expect(shown.body.rows.map(({ username, phone }) => [username, phone])).toEqual([
      ['hoa.nt', '+84912000101'],
      ['binh.bs', '+84912000102'],
    ])
    const changed = await apply([two[0] ?? ''], shown.body.digest)
    expect(changed.problem?.code).toBe('IMPORT_CHANGED')
    const [once, twice] = await Promise.all([apply(two, shown.body.digest), apply(two, shown.body.digest)])
    expect([once.status, twice.status].sort()).toEqual([200, 409])
    const { slips } = (once.status === 200 ? once : twice).body
    expect(slips.map((slip) => slip.username)).toEqual(['hoa.nt', 'binh.bs'])
    const kept = JSON.stringify((await bed.owner.query('select * from identity.first_code')).rows)
    expect(slips.some(({ code }) => kept.includes(code.replaceAll('-', '')))).toBe(false)
    const again = await check(two)
    expect(again.body.counts).toEqual({ new: 0, known: 2, wrong: 0 })
    const before = await counts()
    expect((await apply(two, again.body.digest)).body.slips).toEqual([])
    expect(await counts()).toEqual(before)
    const more = await check(['Nguyễn Thị Hoa,0912000101,Điều dưỡng,station_doctor,,'])
    expect(more.body.rows[0]).toMatchObject({ verdict: 'known', rolesDiffer: true, heldQualification: null })
    const promoted = await check(['Nguyễn Thị Hoa,0912000101,Bác sĩ,specialist,,'])
    expect(promoted.body.rows[0]).toMatchObject({ verdict: 'known', heldQualification: 'nurse' })
    expect((await apply(['Nguyễn Thị Hoa,0912000101,Bác sĩ,specialist,,'], promoted.body.digest)).body.slips).toEqual(
      [],
    )
  })

  test('a slip opens the account once; printed anew, the one before is worthless; after the password none is given', async () => {
    const { items } = await admin.call(listAwaitedStaff, { query: { facilityId: ngocHoi } })
    const hoa = items.find((row) => row.username === 'hoa.nt')
    expect(hoa?.slipUntil).not.toBeNull()
    const personIds = [hoa?.personId ?? '']
    const print = () => admin.call(printSlips, { body: { facilityId: ngocHoi, personIds } })
    const codeOf = async () => (await print()).slips[0]?.code ?? ''
    const [old, fresh] = [await codeOf(), await codeOf()]
    const nurse = bed.anonymous()
    const stale = await nurse.try(firstSignIn, { body: { code: old, password: ownPassword } })
    expect(stale.problem?.code).toBe('FIRST_CODE_WRONG')
    const short = await nurse.try(firstSignIn, { body: { code: fresh, password: 'ngắn' } })
    expect(short.problem?.code).toBe('PASSWORD_TOO_SHORT')
    await nurse.call(firstSignIn, { body: { code: fresh.toUpperCase(), password: ownPassword } })
    const { person, waitsForVouch, pending } = await nurse.call(me)
    expect([person?.fullName, waitsForVouch, pending]).toEqual(['Nguyễn Thị Hoa', true, []])
    const twice = await bed.anonymous().try(firstSignIn, { body: { code: fresh, password: 'của người khác ấy' } })
    expect(twice.problem?.code).toBe('FIRST_CODE_WRONG')
    // for several, one of whom entered while the list lay open: the others have theirs
    const other = items.find((row) => row.username === 'binh.bs')?.personId ?? ''
    const both = { facilityId: ngocHoi, personIds: [...personIds, other] }
    const late = await admin.call(printSlips, { body: both })
    expect(late.slips.map((slip) => slip.personId)).toEqual([other])
    expect(late.entered).toEqual([{ personId: personIds[0], fullName: 'Nguyễn Thị Hoa' }])
    expect(await admin.call(printSlips, { body: { facilityId: ngocHoi, personIds } })).toMatchObject({ slips: [] })
    const foreign = { ...both, personIds: [...both.personIds, crypto.randomUUID()] }
    expect((await admin.try(printSlips, { body: foreign })).status).toBe(404)
    await bed.anonymous().call(signIn, { body: { username: 'hoa.nt', password: ownPassword } })
    const { rows } = await bed.owner.query(
      `select distinct action from audit.entry where action in ('identity.applyStaffSheet', 'identity.issueSlip',
        'identity.grantRole', 'identity.addPractitionerRole')`,
    )
    expect(rows).toHaveLength(4)
  })

  test('wrong codes are counted by network, and lock it for a while: looking and signing in alike, right codes too', async () => {
    const { items } = await admin.call(listAwaitedStaff, { query: { facilityId: ngocHoi } })
    const { slips } = await admin.call(printSlips, {
      body: { facilityId: ngocHoi, personIds: [items[0]?.personId ?? ''] },
    })
    const right = slips[0]?.code ?? ''
    const look = (code: string, remoteAddress: string) =>
      bed.app.inject({
        method: 'POST',
        url: lookFirstCode.path,
        payload: { code },
        remoteAddress,
        headers: { 'x-moinha': '1' },
      })
    const [guessers, others] = ['203.0.113.41', '203.0.113.42']
    expect((await look(right, guessers)).statusCode).toBe(200)
    const codes: string[] = []
    for (let time = 0; time <= firstCodeTries.limit; time += 1)
      codes.push((await look(newFirstCode(), guessers)).json<{ code: string }>().code)
    expect(codes.filter((code) => code === 'FIRST_CODE_WRONG')).toHaveLength(firstCodeTries.limit)
    expect(codes.at(-1)).toBe('SIGN_IN_TOO_MANY_TRIES')
    const locked = await look(right, guessers)
    expect([locked.statusCode, Number(locked.headers['retry-after']) > 0]).toEqual([429, true])
    const signing = await bed.app.inject({
      method: 'POST',
      url: firstSignIn.path,
      payload: { code: right, password: ownPassword },
      remoteAddress: guessers,
      headers: { 'x-moinha': '1' },
    })
    expect(signing.statusCode).toBe(429)
    // nobody else is held up, and right codes were not counted
    expect((await look(right, others)).statusCode).toBe(200)
  })

  test('a slip ends with the next access its account is given, with a password of one’s own, and when closed', async () => {
    const line = 'Lê Thị Sương,0912000103,Điều dưỡng,specialist,,'
    const shown = await check([line])
    const { slips } = (await apply([line], shown.body.digest)).body
    const { personId = '', code = '', username = '' } = slips[0] ?? {}
    const params = { personId }
    const until = async () =>
      (await bed.owner.query<{ until: Date | null }>('select identity.slip_until($1) as until', [personId])).rows[0]
        ?.until
    const use = async (one: string) =>
      (await bed.anonymous().try(firstSignIn, { body: { code: one, password: 'của người nhặt được' } })).problem?.code
    const print = async () =>
      (await admin.call(printSlips, { body: { facilityId: ngocHoi, personIds: [personId] } })).slips[0]?.code ?? ''
    expect(await until()).toBeInstanceOf(Date)
    await admin.call(resetPassword, { params, body: {} })
    expect([await use(code), await until()]).toEqual(['FIRST_CODE_WRONG', null])

    const closed = await print()
    expect(await until()).toBeInstanceOf(Date)
    await admin.call(setDisabled, { params, body: { disabled: true } })
    expect([await use(closed), await until()]).toEqual(['FIRST_CODE_WRONG', null])
    await admin.call(setDisabled, { params, body: { disabled: false } })
    expect([await use(closed), await until()]).toEqual(['FIRST_CODE_WRONG', null])

    const last = await print()
    const { temporaryPassword } = await admin.call(resetPassword, { params, body: {} })
    const person = bed.anonymous()
    await person.call(signIn, { body: { username, password: temporaryPassword } })
    await person.call(changePassword, { body: { current: temporaryPassword, next: ownPassword } })
    // also one made at the very time of the last access
    await bed.owner.query(
      `update identity.first_code c set made_at = u.credential_at from identity.account_user u
        where u.id = c.person_id and c.person_id = $1`,
      [personId],
    )
    expect([await use(last), await until()]).toEqual(['FIRST_CODE_WRONG', null])
    await bed.anonymous().call(signIn, { body: { username, password: ownPassword } })
  })

  test('the template takes what it says, and a foreign unit stays closed', async () => {
    const reply = await bed.app.inject({
      url: staffSheetTemplate.path.replace(':id', ngocHoi),
      headers: { cookie: admin.cookie },
    })
    expect(reply.statusCode).toBe(200)
    const sheets = await readXlsxFile(reply.rawPayload)
    const words = sheets[1]?.data ?? []
    const role = String(words.find((row) => String(row[1]).startsWith('Bác sĩ'))?.[1])
    const { body } = await check([`Lê Văn Tám,0912000400,Y sĩ,${role},,`])
    expect(errors(body)).toEqual([])
    expect((await check(two, admin, facilityIdOf('bd-tyt-hoai-hai'))).problem?.code).toBe('FOREIGN_UNIT')
  })

  test('shows the public who treats patients, and nobody else', async () => {
    const lines = ['Phạm Thu Ngân,0912000501,other,specialist,,', 'Vũ Thị Lý,0912000502,doctor,specialist,,']
    const { body } = await check(lines)
    expect((await apply(lines, body.digest)).status).toBe(200)
    const { rows } = await bed.owner.query(
      `select r.is_public from identity.practitioner_role r join identity.person p on p.id = r.person_id
        where p.phone in ('+84912000501', '+84912000502') order by p.phone`,
    )
    expect(rows).toEqual([{ is_public: false }, { is_public: true }])
  })

  test('a licence number longer than it is kept is said, not cut', () => {
    const home = { id: ngocHoi, key: 'kt-bvdkkv-ngoc-hoi', name: 'Ngọc Hồi' }
    const roles = [{ key: 'specialist', names: [], grantable: true }]
    const ground = { home, units: [], roles, known: [], takenUsernames: new Set<string>(), actorId: null }
    const judged = (licence: string) => {
      const cells = { name: 'Lê An', phone: '0912000503', qualification: 'doctor', roles: 'specialist', licence }
      return judgeStaffSheet([{ row: 2, cells }], ground)[0]
    }
    expect(judged('1'.repeat(60))).toMatchObject({ verdict: 'new', licenceNo: '1'.repeat(60) })
    const errors = [{ column: 'licence', code: 'BAD_LICENCE' }]
    expect(judged('1'.repeat(61))).toMatchObject({ verdict: 'wrong', errors })
  })

  test('names of accounts are read off the name', () => {
    expect(['Nguyễn Thị Hoa', 'Y Đức', 'Ê'].map(accountNameOf)).toEqual(['hoa.nt', 'duc.y', 'e00'])
  })
})
