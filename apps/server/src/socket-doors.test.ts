import * as identity from '@moinha/contracts/identity'
import { health } from '@moinha/contracts/platform'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openVisit, removeMember } from './modules/calls/index.ts'
import { facilityIdOf } from './modules/facilities/index.ts'
import { systemActor } from './platform/access/actor.ts'
import { openPage, type OpenedPage } from './platform/testing/open-page.ts'
import { shout } from './platform/testing/shouting-pages.ts'
import { openTestBed, type CastKey, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'

let bed: TestBed
let address: string
const pages: OpenedPage[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
})
afterEach(() => pages.splice(0).forEach((page) => page.close()))
afterAll(() => bed.close())

async function open(client: TestClient, options = {}): Promise<OpenedPage> {
  const page = await openPage(address, client.cookie, options)
  pages.push(page)
  return page
}
const idOf = async (client: TestClient) => (await bed.app.readActor(client.cookie)).personId ?? ''
const enter = (page: OpenedPage, visitId: string) =>
  page.socket
    .timeout(5_000)
    .emitWithAck('call:enter', { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }) as Promise<{
    ok: boolean
    code?: string
  }>
async function visitOf(...people: string[]): Promise<string> {
  const visitId = randomUUID()
  const members = people.map((personId) => ({ personId, role: 'member' }))
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}
const publish = (topic: string, name: string) => bed.platform.transact(systemActor, (work) => work.live(topic, name))

test('a program’s token opens no socket: pages are for people', async () => {
  const admin = await bed.as('unitAdmin')
  const facilityId = facilityIdOf('kt-tyt-po-y')
  const body = { id: randomUUID(), facilityId, name: 'Kho', role: 'unit_admin', scopes: ['facility.read' as const] }
  const { token } = await admin.call(identity.addServiceAccount, { body })
  await expect(openPage(address, '', { authorization: `Bearer ${token}` })).rejects.toThrow('SIGN_IN_REQUIRED')
})

describe('a socket ends with what let it in', () => {
  test('who signed out and comes back within two minutes is refused, and is handed nothing that was said meanwhile', async () => {
    const lan = await bed.as('lan')
    const personId = await idOf(lan)
    const page = await open(lan)
    await publish(`person:${personId}`, 'test.before')
    await expect.poll(() => page.heard.map(({ name }) => name)).toContain('test.before')
    page.socket.io.engine.close()
    await page.closed
    await bed.owner.query('delete from identity.account_session where user_id = $1', [personId])
    await publish(`person:${personId}`, 'test.secret')
    // the same page again, with all it remembers of its former line
    const refusal = page.next<Error>('connect_error')
    page.socket.connect()
    expect((await refusal).message).toBe('SIGN_IN_REQUIRED')
    expect(page.heard.map(({ name }) => name)).not.toContain('test.secret')
  })

  test.each([
    ['signing out', (client: TestClient) => client.call(identity.signOut)],
    [
      'ending the session from another device',
      async (client: TestClient, key: CastKey) => {
        const other = await bed.as(key)
        const { items } = await client.call(identity.listSessions)
        for (const { id } of items.filter((item) => item.current))
          await other.call(identity.endSession, { params: { id } })
      },
    ],
    ['signing in anew in the same browser', (client: TestClient, key: CastKey) => client.enterDemo(key)],
  ])('%s closes its pages and no others', async (_way, end) => {
    const [one, other] = [await bed.as('nurse'), await bed.as('nurse')]
    const [page, stays] = [await open(one), await open(other)]
    const told = page.next<{ code: string }>('live:closed')
    await end(one, 'nurse')
    expect(await told).toEqual({ code: 'SIGN_IN_REQUIRED' })
    await page.closed
    expect(stays.socket.connected).toBe(true)
  })

  test('a closed account has no open page', async () => {
    const officer = await bed.as('officer')
    const page = await open(officer)
    const personId = await idOf(officer)
    await bed.owner.query('update identity.account_user set disabled_at = now() where id = $1', [personId])
    expect(await page.closed).toBe('io server disconnect')
    expect(page.heard).toContainEqual({ name: 'live:closed', payload: { code: 'SIGN_IN_REQUIRED' } })
    await bed.owner.query('update identity.account_user set disabled_at = null where id = $1', [personId])
  })

  test('a practitioner role that ended takes the unit’s news from an open page; a role taken back is heard too', async () => {
    const nurse = await bed.as('nurse')
    const actor = await bed.app.readActor(nurse.cookie)
    const topic = `facility:${actor.clinicalFacilityIds[0]}`
    const page = await open(nurse)
    await publish(topic, 'test.one')
    await expect.poll(() => page.heard.map(({ name }) => name)).toContain('test.one')
    const told = page.next('live:access')
    await bed.owner.query('update identity.practitioner_role set valid_until = now() where person_id = $1', [
      actor.personId,
    ])
    await told
    await publish(topic, 'test.two')
    await publish(`person:${actor.personId}`, 'test.three')
    await expect.poll(() => page.heard.map(({ name }) => name)).toContain('test.three')
    expect(page.heard.map(({ name }) => name)).not.toContain('test.two')
    await bed.owner.query('update identity.practitioner_role set valid_until = null where person_id = $1', [
      actor.personId,
    ])
    const again = page.next('live:access')
    await bed.owner.query('update identity.role_grant set valid_until = now() where person_id = $1', [actor.personId])
    await again
    await bed.owner.query('update identity.role_grant set valid_until = null where person_id = $1', [actor.personId])
  })

  test('a session that ran out of time closes its page at the next round, one in use lives on', async () => {
    const [idle, used] = [await bed.as('stationDoctor'), await bed.as('stationDoctor')]
    const actors = async () =>
      (await import('./modules/identity/index.ts')).readActors(bed.platform.db, [
        { cookie: idle.cookie, used: false },
        { cookie: used.cookie, used: true },
      ])
    expect((await actors()).map((actor) => actor.kind)).toEqual(['staff', 'staff'])
    await bed.owner.query(
      "update identity.account_session set last_seen_at = now() - interval '11 hours' where user_id = $1",
      [await idOf(used)],
    )
    expect((await actors()).map((actor) => actor.kind)).toEqual(['anonymous', 'staff'])
  })
})

describe('a room ends with the right to be in it', () => {
  test('entering asks anew who is there', async () => {
    const lan = await bed.as('lan')
    const personId = await idOf(lan)
    const visitId = await visitOf(personId)
    const page = await open(lan)
    await bed.owner.query('alter table identity.account_session disable trigger all')
    await bed.owner.query('delete from identity.account_session where user_id = $1', [personId])
    await bed.owner.query('alter table identity.account_session enable trigger all')
    await expect(enter(page, visitId)).rejects.toThrow('disconnected')
    expect(page.heard).toContainEqual({ name: 'live:closed', payload: { code: 'SIGN_IN_REQUIRED' } })
    expect((await bed.owner.query('select from calls.participant where visit_id = $1', [visitId])).rowCount).toBe(0)
  })

  test('a guardian whose link ended and a member who was removed hear the room no more', async () => {
    const [lan, nurse, doctor] = [await bed.as('lan'), await bed.as('nurse'), await bed.as('stationDoctor')]
    const { rows } = await bed.owner.query<{ dependant_id: string }>(
      'select dependant_id from identity.family_member where guardian_id = $1 and valid_until is null',
      [await idOf(lan)],
    )
    const child = rows[0]?.dependant_id ?? ''
    const visitId = await visitOf(child, await idOf(nurse), await idOf(doctor))
    const [guardian, station, member] = [await open(lan), await open(nurse), await open(doctor)]
    for (const page of [guardian, station, member]) expect(await enter(page, visitId)).toMatchObject({ ok: true })
    const [shownOut, left] = [guardian.next('call:removed'), station.next('call:left')]
    await bed.owner.query('update identity.family_member set valid_until = now() where dependant_id = $1', [child])
    await Promise.all([shownOut, left])
    // a page that looks at the visit without being in its room shows who is to come
    const lobby = await open(nurse)
    const [removed, shownNoMore] = [member.next('call:removed'), lobby.next('call:visits')]
    await bed.platform.transact(systemActor, async (work) => removeMember(work, visitId, await idOf(doctor)))
    expect((await Promise.all([removed, shownNoMore]))[1]).toEqual({ visitId })
    await expect
      .poll(
        async () => (await bed.owner.query('select from calls.participant where visit_id = $1', [visitId])).rowCount,
      )
      .toBe(1)
    station.socket.emit('call:signal', { visitId, to: member.socket.id, data: { epoch: 1 } })
    const told = station.next('call:members')
    await bed.platform.transact(systemActor, (work) =>
      addMember(work, visitId, { personId: randomUUID(), role: 'guest' }),
    )
    await told
    const names = [...guardian.heard, ...member.heard].map(({ name }) => name)
    expect(names.filter((name) => name === 'call:signal' || name === 'call:members').length).toBeLessThanOrEqual(2)
    expect(names).not.toContain('call:signal')
  })
})

describe('one person cannot fill the house', () => {
  test('the thirteenth page shows the oldest out, and says why', async () => {
    const duc = await bed.as('duc')
    const opened: OpenedPage[] = []
    for (let i = 0; i < 12; i++) opened.push(await open(duc))
    const told = opened[0]?.next<{ code: string }>('live:closed')
    await open(duc)
    expect(await told).toEqual({ code: 'TOO_MANY_PAGES' })
    await opened[0]?.closed
    expect(opened.slice(1).every((page) => page.socket.connected)).toBe(true)
  })

  test('a page that shouts is refused, then closed; health answers meanwhile and memory stays', async () => {
    const duc = await bed.as('duc')
    const visitId = await visitOf(await idOf(duc))
    const before = process.memoryUsage().rss
    const { open: opened, end } = shout({ address, cookie: duc.cookie, visitId })
    await opened
    let over = false
    const ended = end.finally(() => (over = true))
    const answers: number[] = []
    while (!over) answers.push((await bed.anonymous().try(health)).status)
    const { closed, refused, told } = await ended
    expect(answers.length).toBeGreaterThan(0)
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(closed).toEqual(Array(12).fill('io server disconnect'))
    expect(refused).toContain('TOO_MANY_REQUESTS')
    expect(told).toContain('TOO_MANY_MESSAGES')
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  }, 60_000)

  test('a socket that speaks before signing in, or says nothing, is dropped', async () => {
    const nobody = await openPage(address, '').catch((error: Error) => error.message)
    expect(nobody).toBe('SIGN_IN_REQUIRED')
    const forged = await openPage(address, 'moinha.session=made.up').catch((error: Error) => error.message)
    expect(forged).toBe('SIGN_IN_REQUIRED')
    // raw: an event packet before any CONNECT packet
    const upgrade = new WebSocket(`${address.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    upgrade.addEventListener('open', () => upgrade.send('42["call:enter",{}]'))
    await new Promise((done) => upgrade.addEventListener('close', done))
    const silent = connect(Number(new URL(address).port), '127.0.0.1')
    silent.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    // a close frame: the server has hung up, whatever the other side makes of it
    await new Promise<void>((done) => silent.on('data', (data: Buffer) => data[0] === 0x88 && done()))
    silent.destroy()
    expect(bed.platform.live.io.of('/').sockets.size).toBe(0)
  }, 60_000)
})
