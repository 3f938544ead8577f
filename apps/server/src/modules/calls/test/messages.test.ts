import * as contract from '@moinha/contracts/calls'
import { openEncounter, readEncounter } from '@moinha/contracts/records'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { openVisit, removeMember } from '../index.ts'

interface Person {
  client: TestClient
  personId: string
}

let bed: TestBed
let lan: Person
let nurse: Person
let stationDoctor: Person
let foreignNurse: Person
beforeAll(async () => {
  bed = await openTestBed()
  const enter = async (key: CastKey): Promise<Person> => {
    const client = await bed.as(key)
    const { personId } = await bed.app.readActor(client.cookie)
    return { client, personId: personId ?? '' }
  }
  ;[lan, nurse, stationDoctor, foreignNurse] = await Promise.all([
    enter('lan'),
    enter('nurse'),
    enter('stationDoctor'),
    enter('foreignNurse'),
  ])
})
afterAll(() => bed.close())

const transact = <T>(handler: (work: Work) => Promise<T>): Promise<T> => bed.platform.transact(systemActor, handler)

async function open(visitId = randomUUID()): Promise<string> {
  const members = [
    { personId: lan.personId, role: 'patient' },
    { personId: nurse.personId, role: 'nurse', mayFinish: true },
  ]
  await transact((work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}

const textOf = (text: string): contract.NewMessage => ({ id: randomUUID(), kind: 'text', text })
const write = (who: Person, visitId: string, body: contract.NewMessage) =>
  who.client.try(contract.sendMessage, { params: { visitId }, body })
const read = (who: Person, visitId: string, query: { since?: string; after?: string; limit?: number } = {}) =>
  who.client.try(contract.listMessages, { params: { visitId }, query })

describe('what is written in a visit', () => {
  test('is read by its members, newest first, a page at a time, and by nobody else', async () => {
    const visitId = await open()
    const texts = ['Chào chị', 'Chị nghe rõ không?', 'Em nghe <b>nhỏ</b> lắm']
    for (const text of texts)
      expect((await write(text === texts[2] ? lan : nurse, visitId, textOf(text))).status).toBe(200)
    const all = (await read(lan, visitId)).body
    expect(all.items.map(({ text, mine, author }) => [text, mine, author.role])).toEqual([
      [texts[2], true, 'patient'],
      [texts[1], false, 'nurse'],
      [texts[0], false, 'nurse'],
    ])
    expect(all.items.every(({ author }) => author.name !== '')).toBe(true)
    const first = (await read(nurse, visitId, { limit: 2 })).body
    const second = (await read(nurse, visitId, { limit: 2, after: first.next ?? '' })).body
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id))
    expect(second.next).toBeNull()
    for (const answer of [
      await read(foreignNurse, visitId),
      await write(foreignNurse, visitId, textOf('Tôi đây')),
      await foreignNurse.client.try(contract.showPhones, { params: { visitId } }),
    ])
      expect(answer.problem).toMatchObject({ status: 404, code: 'VISIT_UNKNOWN' })
  })

  test('is told since a mark: nothing twice, nothing missed', async () => {
    const visitId = await open()
    await write(nurse, visitId, textOf('Một'))
    const before = (await read(lan, visitId)).body
    expect(before.gone).toBeNull()
    const none = (await read(lan, visitId, { since: before.now })).body
    expect(none).toMatchObject({ items: [], gone: [] })
    const wish: contract.NewMessage = { id: randomUUID(), kind: 'call_back' }
    await write(lan, visitId, wish)
    const changed = (await read(lan, visitId, { since: none.now })).body
    expect(changed.items.map(({ id }) => id)).toEqual([wish.id])
    await nurse.client.call(contract.settleCallBack, { params: { visitId, messageId: wish.id } })
    const settled = (await read(lan, visitId, { since: changed.now })).body
    expect(settled.items).toEqual([expect.objectContaining({ id: wish.id, doneAt: expect.any(String) as string })])
  })

  test('arrives once however often it is sent, also after the visit was finished; an id is nobody else’s', async () => {
    const visitId = await open()
    const message = textOf('Mạng yếu, em gửi lại')
    const first = (await write(lan, visitId, message)).body
    expect((await write(lan, visitId, message)).body).toEqual(first)
    expect((await write(lan, visitId, { ...message, text: 'khác' } as contract.NewMessage)).problem?.code).toBe(
      'ID_TAKEN',
    )
    expect((await write(nurse, visitId, message)).problem?.code).toBe('ID_TAKEN')
    expect((await write(lan, await open(), message)).problem?.code).toBe('ID_TAKEN')
    await nurse.client.call(contract.finishVisit, { params: { visitId } })
    expect((await write(lan, visitId, message)).body).toEqual(first)
    expect((await write(lan, visitId, textOf('Còn một câu'))).problem).toMatchObject({
      status: 409,
      code: 'VISIT_FINISHED',
    })
    expect((await read(lan, visitId)).body.items).toHaveLength(1)
  })

  test('too long, or a megabyte of it, is refused and nothing is kept', async () => {
    const visitId = await open()
    expect((await write(lan, visitId, textOf('a'.repeat(4001)))).problem).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
    })
    expect((await write(lan, visitId, textOf('a'.repeat(1_000_000)))).problem?.code).toBe('BODY_TOO_LARGE')
    expect((await write(lan, visitId, textOf(' \u200b '))).problem?.code).toBe('INVALID_INPUT')
    expect((await write(lan, visitId, textOf('ổ'.repeat(4000)))).status).toBe(200)
    expect((await read(lan, visitId)).body.items).toHaveLength(1)
  })

  test('is closed to who was removed, and stays named as theirs', async () => {
    const visitId = await open()
    await write(nurse, visitId, textOf('Em bàn giao cho bác sĩ'))
    await transact((work) => removeMember(work, visitId, nurse.personId))
    expect((await read(nurse, visitId)).problem?.code).toBe('VISIT_UNKNOWN')
    expect((await write(nurse, visitId, textOf('Em còn đây'))).problem?.code).toBe('VISIT_UNKNOWN')
    const actor = await bed.app.readActor(nurse.client.cookie)
    const rows = await bed.platform.transact(actor, ({ tx }) =>
      tx.selectFrom('calls.message').selectAll().where('visit_id', '=', visitId).execute(),
    )
    expect(rows).toEqual([])
    expect((await read(lan, visitId)).body.items[0]?.author.role).toBe('nurse')
  })

  test('is read afterwards by who may read the encounter, and by nobody who may not', async () => {
    const encounterId = randomUUID()
    await nurse.client.call(openEncounter, {
      body: {
        id: encounterId,
        patientId: lan.personId,
        facilityId: facilityIdOf('kt-tyt-po-y'),
        remoteMode: 'IN_PERSON',
      },
    })
    const visitId = await open()
    await bed.owner.query('update records.encounter set visit_id = $1 where id = $2', [visitId, encounterId])
    await write(lan, visitId, textOf('Em uống thuốc rồi ạ'))
    for (const [who, status] of [
      [stationDoctor, 200],
      [foreignNurse, 404],
    ] as const) {
      expect((await who.client.try(readEncounter, { params: { id: encounterId } })).status).toBe(status)
      expect((await read(who, visitId)).status).toBe(status)
    }
    expect((await read(stationDoctor, visitId)).body.items[0]).toMatchObject({
      text: 'Em uống thuốc rồi ạ',
      mine: false,
    })
    expect((await write(stationDoctor, visitId, textOf('Tôi viết được không?'))).problem?.code).toBe('VISIT_UNKNOWN')
  })

  test('is read after the end by the patient, and by health workers through the record alone; of no record, by who led', async () => {
    const encounterId = randomUUID()
    const facilityId = facilityIdOf('kt-tyt-po-y')
    const body = { id: encounterId, patientId: lan.personId, facilityId, remoteMode: 'IN_PERSON' } as const
    await nurse.client.call(openEncounter, { body })
    const visitId = await open()
    await bed.owner.query('update records.encounter set visit_id = $1 where id = $2', [visitId, encounterId])
    const photo = { id: randomUUID(), purpose: 'visit_photo', subject: visitId, bytes: jpeg }
    expect((await upload(lan, photo)).status).toBe(204)
    const url = `/api/calls/visits/${visitId}/messages/${photo.id}/file`
    const opened = async (who: Person) => [
      (await read(who, visitId)).status,
      (await who.client.send<string>({ method: 'GET', url })).status,
      (await who.client.try(contract.listRecordings, { params: { visitId } })).status,
    ]
    await nurse.client.call(contract.finishVisit, { params: { visitId } })
    expect([await opened(nurse), await opened(lan)]).toEqual([Array(3).fill(200), Array(3).fill(200)])
    // as when the right to the record ended: that she was a member once opens nothing
    await bed.owner.query('update records.encounter set visit_id = null where id = $1', [encounterId])
    expect([await opened(nurse), await opened(lan)]).toEqual([Array(3).fill(404), Array(3).fill(200)])
    const meeting = randomUUID()
    const members = [
      { personId: nurse.personId, role: 'host', mayFinish: true },
      { personId: stationDoctor.personId, role: 'site' },
    ]
    await transact((work) => openVisit(work, { visitId: meeting, kind: 'meeting', members }))
    await write(stationDoctor, meeting, textOf('Trạm đã có mặt'))
    await nurse.client.call(contract.finishVisit, { params: { visitId: meeting } })
    expect((await read(nurse, meeting)).body.items).toHaveLength(1)
    expect((await read(stationDoctor, meeting)).problem?.code).toBe('VISIT_UNKNOWN')
  })
})

const jpeg = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(5_000)])
const webm = Buffer.concat([Buffer.from('\x1a\x45\xdf\xa3\x42\x82\x84webm', 'latin1'), randomBytes(5_000)])

interface Sent {
  id: string
  purpose: string
  subject: string
  bytes: Buffer
  detail?: object
}

/** As the browser sends it: the file named first, then its bytes. */
async function upload(who: Person, { bytes, detail = {}, ...named }: Sent) {
  const tus = { 'tus-resumable': '1.0.0' }
  const metadata = Object.entries({ ...named, detail: JSON.stringify(detail) })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const begun = await who.client.send<string>({
    method: 'POST',
    url: '/api/uploads',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  })
  if (begun.problem) return begun
  return who.client.send<string>({
    method: 'PATCH',
    url: `/api/uploads/${named.id}`,
    headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    payload: bytes,
  })
}

describe('a photo or a spoken message', () => {
  test('becomes a message once it is whole; its file is given to the visit’s readers and to nobody else', async () => {
    const visitId = await open()
    const photo = { id: randomUUID(), purpose: 'visit_photo', subject: visitId, bytes: jpeg }
    expect((await upload(lan, photo)).status).toBe(204)
    const voice = { id: randomUUID(), purpose: 'visit_voice', subject: visitId, bytes: webm, detail: { seconds: 7 } }
    expect((await upload(nurse, voice)).status).toBe(204)
    expect((await read(nurse, visitId)).body.items.map(({ id, kind, seconds }) => [id, kind, seconds])).toEqual([
      [voice.id, 'voice', 7],
      [photo.id, 'photo', null],
    ])
    const file = (who: Person, messageId: string, ofVisit = visitId) =>
      who.client.send<string>({ method: 'GET', url: `/api/calls/visits/${ofVisit}/messages/${messageId}/file` })
    const shown = await file(nurse, photo.id)
    expect(shown.status).toBe(200)
    expect(shown.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
    expect(shown.headers['cache-control']).toContain('no-store')
    expect((await file(foreignNurse, photo.id)).status).toBe(404)
    expect((await file(nurse, photo.id, await open())).problem?.code).toBe('MESSAGE_UNKNOWN')
    await transact((work) => removeMember(work, visitId, nurse.personId))
    expect((await file(nurse, photo.id)).status).toBe(404)
  })

  test('of a lying type, of a stranger, or after the end is refused and leaves nothing', async () => {
    const visitId = await open()
    const sent = (more: Partial<Sent>) => ({
      id: randomUUID(),
      purpose: 'visit_photo',
      subject: visitId,
      bytes: jpeg,
      ...more,
    })
    const html = Buffer.from('<html><script>alert(1)</script></html>')
    expect((await upload(lan, sent({ bytes: html }))).problem?.status).toBe(415)
    expect((await upload(lan, sent({ bytes: webm }))).problem?.status).toBe(415)
    expect((await upload(foreignNurse, sent({}))).problem?.code).toBe('VISIT_UNKNOWN')
    expect((await upload(lan, sent({ purpose: 'visit_voice', bytes: webm, detail: { seconds: 999 } }))).status).toBe(
      400,
    )
    await nurse.client.call(contract.finishVisit, { params: { visitId } })
    expect((await upload(lan, sent({}))).problem?.code).toBe('VISIT_FINISHED')
    expect((await read(lan, visitId)).body.items).toEqual([])
  })
})

describe('the second wall', () => {
  test('lets a member write as themselves only, and change no word', async () => {
    const visitId = await open()
    const message = textOf('Đã viết')
    await write(lan, visitId, message)
    const actor = await bed.app.readActor(lan.client.cookie)
    const row = (authorId: string) => ({
      id: randomUUID(),
      visit_id: visitId,
      author_id: authorId,
      written_by: lan.personId,
      kind: 'text' as const,
      text: 'x',
      seconds: null,
      at: new Date(),
      done_at: null,
      done_by: null,
    })
    const insert = (authorId: string) =>
      bed.platform.transact(actor, ({ tx }) => tx.insertInto('calls.message').values(row(authorId)).execute())
    await expect(insert(nurse.personId)).rejects.toThrow(/row-level security/)
    await insert(lan.personId)
    const changed = await bed.platform.transact(actor, ({ tx }) =>
      tx.updateTable('calls.message').set({ text: 'khác' }).where('id', '=', message.id).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(0n)
  })
})

describe('a wish to be called', () => {
  test('waits on the other side until somebody says it is settled, who stays named', async () => {
    const visitId = await open()
    const wish: contract.NewMessage = { id: randomUUID(), kind: 'call_back' }
    await write(lan, visitId, wish)
    const waitingFor = async (who: Person) =>
      (await who.client.call(contract.myVisits)).visits.find((visit) => visit.visitId === visitId)?.callBacks
    expect(await waitingFor(nurse)).toHaveLength(1)
    expect(await waitingFor(lan)).toEqual([])
    const params = { visitId, messageId: wish.id }
    const { doneAt } = await nurse.client.call(contract.settleCallBack, { params })
    expect((await lan.client.call(contract.settleCallBack, { params })).doneAt).toBe(doneAt)
    expect(await waitingFor(nurse)).toEqual([])
    const text = textOf('Không phải lời nhờ gọi')
    await write(lan, visitId, text)
    expect(
      (await lan.client.try(contract.settleCallBack, { params: { visitId, messageId: text.id } })).problem?.code,
    ).toBe('MESSAGE_UNKNOWN')
  })

  test('shows the patient’s number to the staff of the visit, whose reading is written down, and no health worker’s', async () => {
    const visitId = await open()
    await bed.owner.query(`update identity.person set phone = '+84912345678' where id = $1`, [lan.personId])
    await bed.owner.query(`update identity.person set phone = '+84987654321' where id = $1`, [nurse.personId])
    await bed.owner.query(
      `update facilities.facility set phone = '0260 3 831 000' where id in
        (select facility_id from identity.practitioner_role where person_id = $1 and valid_until is null)`,
      [nurse.personId],
    )
    const phonesFor = async (who: Person) =>
      (await who.client.call(contract.showPhones, { params: { visitId } })).phones
    expect(await phonesFor(nurse)).toEqual([expect.objectContaining({ kind: 'patient', phone: '+84912345678' })])
    expect(await phonesFor(lan)).toEqual([expect.objectContaining({ kind: 'unit', phone: '0260 3 831 000' })])
    const { rows } = await bed.owner.query(
      `select actor_id, detail from audit.entry
        where action = 'calls.showPhones' and subject_id = $1 and patient_id = $2`,
      [visitId, lan.personId],
    )
    expect(rows).toEqual([expect.objectContaining({ actor_id: nurse.personId })])
  })
})
