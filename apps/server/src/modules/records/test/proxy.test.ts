import {
  addFamilyMember,
  createStaff,
  demoOutbox,
  endGuardian,
  listFamily,
  listGuardians,
  removeFamilyMember,
  showGuardianCode,
  updateMe,
} from '@moinha/contracts/identity'
import * as contract from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { crowdSecret, makeCrowd } from '../../../platform/testing/make-crowd.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, demoPersonId } from '../../identity/index.ts'

let bed: TestBed
let nurse: TestClient
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
const lanPhone = castCitizens.lan.phone ?? ''
const duc = demoPersonId(castCitizens.duc.key)

beforeAll(async () => {
  bed = await openTestBed({ config: { AUTH_SECRET: crowdSecret } })
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())

let serial = 0
/** Somebody registered at the desk of Pờ Y, with nobody acting for them. */
async function atDesk(changes: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID()
  const body = {
    id,
    facilityId: poY,
    fullName: `Y Bàn ${(serial += 1)}`,
    birthDate: '2021-05-06',
    force: true,
    ...changes,
  }
  await nurse.call(contract.registerPatient, { body })
  return id
}

/** A citizen of one's own, born on that day, with a phone. */
async function citizen(born: string | null): Promise<{ client: TestClient; id: string; phone: string }> {
  const [made] = await makeCrowd(bed.owner, 1)
  if (!made) throw new Error('no crowd')
  const phone = `+8491${String(3_000_000 + (serial += 1))}`
  await bed.owner.query('update identity.person set birth_date = $2, phone = $3 where id = $1', [
    made.personId,
    born,
    phone,
  ])
  await bed.owner.query('update identity.account_user set phone = $2 where id = $1', [made.personId, phone])
  const client = new TestClient(bed.app)
  client.cookies.set(made.cookie.name, made.cookie.value)
  return { client, id: made.personId, phone: `0${phone.slice(3)}` }
}

const link = (phone: string, code: string, changes: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  phone,
  code,
  relation: 'child' as const,
  paper: 'birth_certificate' as const,
  ...changes,
})

async function proxies(patientId: string) {
  const { rows } = await bed.owner.query<{ person_id: string; live: boolean }>(
    `select person_id, upper_inf(valid) as live from records.care_relationship where patient_id = $1
      and reason = 'proxy' order by lower(valid)`,
    [patientId],
  )
  return rows
}

async function audited(action: string, patientId: string) {
  const { rows } = await bed.owner.query<{ outcome: string; facility_id: string | null }>(
    'select outcome, facility_id from audit.entry where action = $1 and patient_id = $2 order by id',
    [action, patientId],
  )
  return rows
}

describe('an id is never proof', () => {
  it('a patient registered at a desk is a person, and nobody’s dependant by naming the id', async () => {
    const patientId = await atDesk()
    const stranger = await bed.as('duc')
    const body = {
      personId: patientId,
      fullName: 'Y Nhận',
      relation: 'child' as const,
      birthDate: '2021-05-06',
      consentVersion: 'v1',
    }
    expect((await stranger.try(addFamilyMember, { body })).problem).toMatchObject({
      status: 403,
      code: 'NOT_YOUR_FAMILY_MEMBER',
    })
    expect((await bed.app.readActor(stranger.cookie)).proxyFor).toEqual([])
    expect((await stranger.try(contract.ownRecord, { params: { patientId } })).status).toBe(404)
    expect((await audited('identity.addFamilyMember', patientId)).map((row) => row.outcome)).toEqual(['refused'])
    expect((await bed.owner.query('select from identity.person where id = $1', [patientId])).rowCount).toBe(1)
  })

  it('the database refuses a patient without a person, and a person to vanish under a patient', async () => {
    const patientId = await atDesk()
    await expect(bed.owner.query('delete from identity.person where id = $1', [patientId])).rejects.toThrow(
      /foreign key/,
    )
  })

  it('an administrator makes no staff account under a patient’s id, nor under a citizen’s', async () => {
    const admin = await bed.as('unitAdmin')
    for (const personId of [await atDesk(), lan]) {
      const body = {
        personId,
        practitionerRoleId: randomUUID(),
        facilityId: poY,
        fullName: 'Y Chiếm',
        username: `chiem.${(serial += 1)}`,
        title: 'bác sĩ',
      }
      expect((await admin.try(createStaff, { body })).problem).toMatchObject({ status: 409, code: 'ID_TAKEN' })
      expect(
        (await bed.owner.query('select from identity.practitioner_role where person_id = $1', [personId])).rowCount,
      ).toBe(0)
    }
  })

  it('two people declaring the same new id at once: one of them has a child, the other a refusal', async () => {
    const personId = randomUUID()
    const body = {
      personId,
      fullName: 'A Cùng',
      relation: 'child' as const,
      birthDate: '2021-05-06',
      consentVersion: 'v1',
    }
    const clients = [await bed.as('lan'), await bed.as('duc')]
    const answers = await Promise.all(clients.map((client) => client.try(addFamilyMember, { body })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403])
    expect(await proxies(personId)).toHaveLength(1)
  })

  it('a colleague of the same station does not send another’s registration again', async () => {
    const id = await atDesk({ fullName: 'Y Của Điều Dưỡng' })
    const doctor = await bed.as('stationDoctor')
    const body = { id, facilityId: poY, fullName: 'Y Của Điều Dưỡng', birthDate: '2021-05-06', force: true }
    expect((await doctor.try(contract.registerPatient, { body })).problem?.code).toBe('ID_TAKEN')
    expect((await nurse.try(contract.registerPatient, { body })).status).toBe(200)
  })
})

describe('the particulars have one place', () => {
  it('what the desk corrects, the person is; the record’s copy cannot be written apart', async () => {
    const patientId = await atDesk()
    const edit = { version: 1, fullName: 'Y Sửa Tại Bàn', birthDate: '2020-01-02', phone: '0912 345 001' }
    expect(await nurse.call(contract.editPatient, { params: { patientId }, body: edit })).toEqual({ version: 2 })
    const both = `select p.full_name, p.birth_date::text, p.phone, r.full_name as r_name, r.birth_date::text as r_born,
      r.phone as r_phone
      from identity.person p join records.patient r on r.id = p.id where p.id = $1`
    const one = { full_name: 'Y Sửa Tại Bàn', birth_date: '2020-01-02', phone: '+84912345001' }
    const same = { ...one, r_name: one.full_name, r_born: one.birth_date, r_phone: one.phone }
    expect((await bed.owner.query(both, [patientId])).rows).toEqual([same])
    await bed.owner.query("update records.patient set full_name = 'Y Lệch' where id = $1", [patientId])
    expect((await bed.owner.query(both, [patientId])).rows).toEqual([same])
  })

  it('a citizen’s own correction reaches the record, until a station vouches for it', async () => {
    const { client, id } = await citizen(null)
    await client.call(contract.ownRecord, { params: { patientId: id } })
    await client.call(updateMe, { body: { fullName: 'Y Tự Sửa', birthDate: '1990-01-01' } })
    expect((await client.call(contract.ownRecord, { params: { patientId: id } })).fullName).toBe('Y Tự Sửa')
    await bed.owner.query('update identity.person set confirmed_at = now() where id = $1', [id])
    expect((await client.try(updateMe, { body: { birthDate: '2010-01-01' } })).problem?.code).toBe(
      'PARTICULARS_KEPT_BY_STATION',
    )
    await client.call(updateMe, { body: { language: 'en', fullName: 'Y Tự Sửa' } })
  })
})

describe('linked at a station', () => {
  it('phone, code and paper make a guardian, whom patient, unit and log see; sent twice it is once', async () => {
    const patientId = await atDesk()
    const mother = await bed.as('lan')
    const { code } = await mother.call(showGuardianCode)
    const body = link(lanPhone.replace('+84', '0'), code)
    const guardian = await nurse.call(contract.linkGuardian, { params: { patientId }, body })
    expect(guardian).toMatchObject({
      id: body.id,
      fullName: 'Y Lan',
      proof: 'paper',
      paper: 'birth_certificate',
      consentBy: 'representative',
    })
    expect(await nurse.call(contract.linkGuardian, { params: { patientId }, body })).toEqual(guardian)
    expect((await bed.app.readActor(mother.cookie)).proxyFor).toContain(patientId)
    expect((await mother.call(contract.ownRecord, { params: { patientId } })).relationships).toContainEqual(
      expect.objectContaining({ reason: 'proxy', kind: 'person', name: 'Y Lan', mine: true }),
    )
    const page = await nurse.call(contract.readPatient, { params: { patientId } })
    expect(page.guardians).toEqual([guardian])
    expect(page.relationships).toContainEqual(expect.objectContaining({ reason: 'proxy', name: 'Y Lan' }))
    expect(await proxies(patientId)).toEqual([{ person_id: lan, live: true }])
    expect(await audited('records.proxyStarted', patientId)).toEqual([{ outcome: 'done', facility_id: poY }])
    // the code is spent
    const again = await nurse.try(contract.linkGuardian, {
      params: { patientId: await atDesk() },
      body: link(body.phone, code),
    })
    expect(again.problem).toMatchObject({ status: 400, code: 'GUARDIAN_CODE_WRONG' })
  })

  it('a phone number yields nobody: unknown, wrong code and right phone are refused in the same words, and written down', async () => {
    const patientId = await atDesk()
    const father = await citizen('1990-01-01')
    const { code } = await father.client.call(showGuardianCode)
    const wrong = code === '000000' ? '111111' : '000000'
    const answers = []
    for (const body of [link(father.phone, wrong), link('0912999888', wrong)]) {
      answers.push(await nurse.try(contract.linkGuardian, { params: { patientId }, body }))
    }
    expect(new Set(answers.map(({ problem }) => JSON.stringify({ ...problem, requestId: '' }))).size).toBe(1)
    expect(await audited('records.linkGuardian', patientId)).toEqual([
      { outcome: 'refused', facility_id: poY },
      { outcome: 'refused', facility_id: poY },
    ])
    for (let n = 0; n < 4; n += 1)
      await nurse.try(contract.linkGuardian, { params: { patientId }, body: link(father.phone, wrong) })
    const locked = await nurse.try(contract.linkGuardian, { params: { patientId }, body: link(father.phone, code) })
    expect(locked.problem).toMatchObject({ status: 429, code: 'OTP_TOO_MANY_TRIES' })
  })

  it('one code used for two children at once links one of them', async () => {
    const patients = [await atDesk(), await atDesk()]
    const father = await citizen('1990-01-01')
    const { code } = await father.client.call(showGuardianCode)
    const answers = await Promise.all(
      patients.map((patientId) =>
        nurse.try(contract.linkGuardian, { params: { patientId }, body: link(father.phone, code) }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect((await father.client.call(listFamily)).items).toHaveLength(1)
  })

  it('ages: a minor is no guardian, from seven the child is asked, an adult agrees or a paper says why not', async () => {
    const young = await citizen('2012-01-01')
    const unknown = await citizen(null)
    const adult = await citizen('1985-01-01')
    const attempt = async (who: typeof young, patientId: string, changes: Record<string, unknown> = {}) => {
      const { code } = await who.client.call(showGuardianCode)
      const answer = await nurse.try(contract.linkGuardian, {
        params: { patientId },
        body: link(who.phone, code, changes),
      })
      return answer.problem?.code ?? answer.body.consentBy
    }
    expect(await attempt(young, await atDesk())).toBe('GUARDIAN_MINOR')
    expect(await attempt(unknown, await atDesk())).toBe('GUARDIAN_BIRTH_DATE_MISSING')
    expect(await attempt(adult, await atDesk({ birthDate: null }))).toBe('DEPENDANT_BIRTH_DATE_MISSING')
    const pupil = await atDesk({ birthDate: '2015-01-01' })
    expect(await attempt(adult, pupil)).toBe('DEPENDANT_MUST_AGREE')
    expect(await attempt(adult, pupil, { dependantAgrees: true })).toBe('both')
    const old = await atDesk({ birthDate: '1940-01-01' })
    expect(await attempt(adult, old, { relation: 'parent', paper: 'residence_paper' })).toBe('DEPENDANT_MUST_AGREE')
    expect(await attempt(adult, old, { relation: 'parent', paper: 'court_decision' })).toBe('paper')
    expect(await attempt(adult, old, { paper: 'other' })).toBe('INVALID_INPUT')
    expect(await proxies(pupil)).toHaveLength(1)
  })

  it('a second parent is welcome; a better proof takes the place of the one before', async () => {
    const patientId = await atDesk()
    const parents = [await citizen('1990-01-01'), await citizen('1991-01-01')]
    for (const parent of [...parents, parents[0]]) {
      const { code } = (await parent?.client.call(showGuardianCode)) ?? { code: '' }
      await nurse.call(contract.linkGuardian, { params: { patientId }, body: link(parent?.phone ?? '', code) })
    }
    expect((await nurse.call(contract.readPatient, { params: { patientId } })).guardians).toHaveLength(2)
    expect((await proxies(patientId)).filter((one) => one.live)).toHaveLength(2)
  })

  it('another station does not link, nor does one let in by an emergency', async () => {
    const patientId = await atDesk({ fullName: 'Y Khẩn', birthDate: '2020-09-09' })
    const foreign = await bed.as('foreignNurse')
    const father = await citizen('1990-01-01')
    const { code } = await father.client.call(showGuardianCode)
    const input = { params: { patientId }, body: link(father.phone, code) }
    expect((await foreign.try(contract.linkGuardian, input)).status).toBe(404)
    const { items } = await foreign.call(contract.breakGlassFind, {
      body: { fullName: 'Y Khẩn', birthDate: '2020-09-09' },
    })
    await foreign.call(contract.breakGlass, { body: { handle: items[0]?.handle ?? '', reason: 'Thử', confirm: true } })
    expect((await foreign.try(contract.linkGuardian, input)).status).toBe(403)
    expect(await proxies(patientId)).toEqual([])
  })
})

describe('a code to the phone of the record', () => {
  async function textTo(phone: string): Promise<string> {
    await bed.runJobs()
    const { items } = await bed.anonymous().call(demoOutbox)
    const texts = items.filter((item) => item.to === phone)
    return /mã (\d{6})/.exec(texts[0]?.text ?? '')?.[1] ?? ''
  }
  const claim = (who: object) => ({
    id: randomUUID(),
    relation: 'parent' as const,
    consentVersion: 'v1',
    who: who as { fullName: string; birthDate: string },
  })

  it('links who gives it, and answers the same whether or not anybody fits', async () => {
    const patientId = await atDesk({ fullName: 'Y Già', birthDate: '1950-02-03', phone: '0912 700 001' })
    const { client, id } = await citizen('1980-01-01')
    const hit = claim({ fullName: 'y gia', birthDate: '1950-02-03' })
    const miss = claim({ fullName: 'Y Không Có', birthDate: '1950-02-03' })
    const answers = [
      await client.call(contract.claimProxy, { body: hit }),
      await client.call(contract.claimProxy, { body: miss }),
    ]
    expect(answers[0]).toEqual(answers[1])
    expect(await client.call(contract.claimProxy, { body: hit })).toEqual(answers[0])
    const code = await textTo('+84912700001')
    const { rows } = await bed.owner.query<{ code_hash: string }>(
      'select code_hash from records.proxy_claim where id = $1',
      [hit.id],
    )
    expect(rows[0]?.code_hash).not.toContain(code)
    const wrong = code === '000000' ? '111111' : '000000'
    const refusals = []
    for (const one of [hit, miss]) {
      refusals.push(
        await client.try(contract.confirmProxyClaim, {
          params: { id: one.id },
          body: { code: wrong, dependantAgrees: true },
        }),
      )
    }
    expect(new Set(refusals.map(({ problem }) => JSON.stringify({ ...problem, requestId: '' }))).size).toBe(1)
    expect(refusals[0]?.problem?.code).toBe('CLAIM_CODE_WRONG')
    expect(await audited('records.confirmProxyClaim', patientId)).toEqual([{ outcome: 'refused', facility_id: poY }])
    const confirm = { params: { id: hit.id }, body: { code, dependantAgrees: true } }
    expect((await client.try(contract.confirmProxyClaim, { ...confirm, body: { code } })).problem?.code).toBe(
      'DEPENDANT_MUST_AGREE',
    )
    const both = await Promise.all([
      client.call(contract.confirmProxyClaim, confirm),
      client.call(contract.confirmProxyClaim, confirm),
    ])
    expect(both).toEqual([
      { personId: patientId, fullName: 'Y Già' },
      { personId: patientId, fullName: 'Y Già' },
    ])
    expect(await proxies(patientId)).toEqual([{ person_id: id, live: true }])
    expect((await client.call(listFamily)).items).toMatchObject([
      { personId: patientId, proof: 'phone_code', relation: 'parent' },
    ])
  })

  it('a code belongs to one claim: another account gains nothing by it', async () => {
    await atDesk({ fullName: 'Y Mã', birthDate: '1950-02-04', phone: '0912 700 002' })
    const [rightful, thief] = [await citizen('1980-01-01'), await citizen('1980-01-01')]
    const body = claim({ fullName: 'Y Mã', birthDate: '1950-02-04' })
    await rightful.client.call(contract.claimProxy, { body })
    const code = await textTo('+84912700002')
    const confirm = { params: { id: body.id }, body: { code, dependantAgrees: true } }
    expect((await thief.client.try(contract.confirmProxyClaim, confirm)).status).toBe(404)
    expect((await thief.client.try(contract.claimProxy, { body })).problem?.code).toBe('ID_TAKEN')
    const own = claim({ fullName: 'Y Mã', birthDate: '1950-02-04' })
    await thief.client.call(contract.claimProxy, { body: own })
    expect(
      (await thief.client.try(contract.confirmProxyClaim, { ...confirm, params: { id: own.id } })).problem?.code,
    ).toBe('CLAIM_CODE_WRONG')
    await rightful.client.call(contract.confirmProxyClaim, confirm)
  })

  it('is tried five times, sent three times a day, and asked for ten times', async () => {
    await atDesk({ fullName: 'Y Quấy', birthDate: '1950-02-05', phone: '0912 700 003' })
    const { client } = await citizen('1980-01-01')
    const bodies = Array.from({ length: 5 }, () => claim({ fullName: 'Y Quấy', birthDate: '1950-02-05' }))
    for (const body of bodies) await client.call(contract.claimProxy, { body })
    const code = await textTo('+84912700003')
    const sent = await bed.owner.query("select from identity.sms_outbox where to_phone = '+84912700003'")
    expect(sent.rowCount).toBe(3)
    const confirm = { params: { id: bodies[0]?.id ?? '' }, body: { code: code === '000000' ? '111111' : '000000' } }
    const codes = []
    for (let n = 0; n < 6; n += 1) codes.push((await client.try(contract.confirmProxyClaim, confirm)).problem?.code)
    expect(codes).toEqual([...Array<string>(5).fill('CLAIM_CODE_WRONG'), 'CLAIM_TOO_MANY_TRIES'])
    for (let n = 0; n < 5; n += 1)
      await client.call(contract.claimProxy, { body: claim({ fullName: 'Y Ai', birthDate: '1950-02-05' }) })
    const over = await client.try(contract.claimProxy, { body: claim({ fullName: 'Y Ai', birthDate: '1950-02-05' }) })
    expect(over.problem).toMatchObject({ status: 429, code: 'CLAIM_TOO_MANY_TRIES' })
  })

  it('no minor asks, nobody claims oneself, and namesakes born the same day get no text', async () => {
    const young = await citizen('2012-01-01')
    expect(
      (await young.client.try(contract.claimProxy, { body: claim({ fullName: 'Y Già', birthDate: '1950-02-03' }) }))
        .problem?.code,
    ).toBe('GUARDIAN_MINOR')
    for (const phone of ['0912 700 004', '0912 700 005'])
      await atDesk({ fullName: 'Y Trùng', birthDate: '1950-02-06', phone })
    const { client } = await citizen('1980-01-01')
    await client.call(contract.claimProxy, { body: claim({ fullName: 'Y Trùng', birthDate: '1950-02-06' }) })
    expect([await textTo('+84912700004'), await textTo('+84912700005')]).toEqual(['', ''])
  })
})

describe('a link ends from either side', () => {
  async function linked(born = '2021-05-06') {
    const patientId = await atDesk({ birthDate: born })
    const guardian = await citizen('1990-01-01')
    const { code } = await guardian.client.call(showGuardianCode)
    const body = link(guardian.phone, code, { dependantAgrees: true })
    await nurse.call(contract.linkGuardian, { params: { patientId }, body })
    return { patientId, guardian, linkId: body.id }
  }
  const isClosed = async ({ patientId, guardian }: Awaited<ReturnType<typeof linked>>) => {
    expect((await bed.app.readActor(guardian.client.cookie)).proxyFor).toEqual([])
    expect((await guardian.client.try(contract.ownRecord, { params: { patientId } })).status).toBe(404)
    expect((await proxies(patientId)).filter((one) => one.live)).toEqual([])
    expect(await audited('records.proxyEnded', patientId)).toEqual([{ outcome: 'done', facility_id: poY }])
  }

  it('by the guardian', async () => {
    const made = await linked()
    await made.guardian.client.call(removeFamilyMember, { params: { personId: made.patientId } })
    await made.guardian.client.call(removeFamilyMember, { params: { personId: made.patientId } })
    await isClosed(made)
  })

  it('by the home unit, with a reason, and by no other', async () => {
    const made = await linked()
    const end = {
      params: { patientId: made.patientId, id: made.linkId },
      body: { reason: 'Cha mẹ ly hôn, có quyết định của tòa' },
    }
    expect((await (await bed.as('foreignNurse')).try(contract.endProxy, end)).status).toBe(404)
    await nurse.call(contract.endProxy, end)
    await isClosed(made)
    const { rows } = await bed.owner.query('select end_reason from identity.family_member where id = $1', [made.linkId])
    expect(rows).toEqual([{ end_reason: end.body.reason }])
    await nurse.call(contract.endProxy, { ...end, body: { reason: 'Gửi lại' } })
    const stopping = { params: { personId: made.patientId } }
    expect((await made.guardian.client.try(removeFamilyMember, stopping)).status).toBe(403)
    const kept = await bed.owner.query('select end_reason from identity.family_member where id = $1', [made.linkId])
    expect(kept.rows).toEqual(rows)
    const again = {
      personId: made.patientId,
      fullName: 'Y Lại',
      relation: 'child' as const,
      birthDate: '2021-05-06',
      consentVersion: 'v1',
    }
    expect((await made.guardian.client.try(addFamilyMember, { body: again })).status).toBe(403)
  })

  it('a unit that treats the patient but is not home does not end it', async () => {
    const made = await linked()
    await bed.owner.query(
      "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'encounter')",
      [made.patientId, hoaiHai],
    )
    const end = { params: { patientId: made.patientId, id: made.linkId }, body: { reason: 'Thử' } }
    expect((await (await bed.as('foreignNurse')).try(contract.endProxy, end)).problem?.code).toBe(
      'GUARDIAN_OF_OTHER_UNIT',
    )
  })

  it('by the patient themselves', async () => {
    const patient = await citizen('1950-01-01')
    const guardian = await citizen('1980-01-01')
    await bed.owner.query(
      `insert into identity.family_member (guardian_id, dependant_id, relation, consent_version, consent_by)
        values ($1, $2, 'parent', 'v1', 'self')`,
      [guardian.id, patient.id],
    )
    const { items } = await patient.client.call(listGuardians)
    expect(items).toMatchObject([{ relation: 'parent', proof: 'declared' }])
    const foreign = await bed.as('duc')
    expect((await foreign.try(endGuardian, { params: { id: items[0]?.id ?? '' } })).status).toBe(403)
    await patient.client.call(endGuardian, { params: { id: items[0]?.id ?? '' } })
    expect((await bed.app.readActor(guardian.client.cookie)).proxyFor).toEqual([])
    expect((await patient.client.call(listGuardians)).items).toEqual([])
  })

  it('by coming of age, where it rested on the representative', async () => {
    const made = await linked('2015-01-01')
    await bed.owner.query(
      "update identity.person set birth_date = current_date - interval '18 years 1 day' where id = $1",
      [made.patientId],
    )
    await bed.platform.transact(systemActor, ({ enqueue }) => enqueue({ name: 'identity.sweep' }, {}))
    await bed.runJobs()
    await isClosed(made)
  })
})

describe('one truth', () => {
  it('no proxy relationship is written or ended but by its link', async () => {
    const patientId = await atDesk()
    const write = (text: string, values: unknown[]) =>
      bed.platform.transact(systemActor, ({ tx }) => tx.executeQuery({ sql: text, parameters: values } as never))
    await expect(
      write("insert into records.care_relationship (patient_id, person_id, reason) values ($1, $2, 'proxy')", [
        patientId,
        duc,
      ]),
    ).rejects.toThrow(/follows/)
    const drift = `select count(*)::int as n from identity.family_member f full join
        (select * from records.care_relationship where reason = 'proxy' and valid @> now()) c on c.subject_id = f.id
      where (f.valid_until is null) is distinct from (c.id is not null) or c.patient_id <> f.dependant_id
        or c.person_id <> f.guardian_id`
    expect((await bed.owner.query(drift)).rows).toEqual([{ n: 0 }])
  })
})
