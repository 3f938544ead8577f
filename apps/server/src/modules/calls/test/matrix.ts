import { askAssist, enterAsGuest } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { systemActor } from '../../../platform/access/actor.ts'
import { everyone, type Matrix, type MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { castCitizens, castStaffMember, demoPersonId, sealCode } from '../../identity/index.ts'
import { hashOf } from '../domain/guest-session.ts'
import { openVisit } from '../index.ts'
import { guestClient } from './guest-client.ts'

/** A visit of one patient with one nurse, who may finish it. */
interface World {
  patientId: string
  nurseId: string
}
const own: World = {
  patientId: demoPersonId(castCitizens.lan.key),
  nurseId: demoPersonId(castStaffMember('nurse').key),
}
const foreign: World = {
  patientId: demoPersonId(castCitizens.duc.key),
  nurseId: demoPersonId(castStaffMember('foreignNurse').key),
}

async function visitOf(bed: TestBed, { patientId, nurseId }: World): Promise<string> {
  const visitId = randomUUID()
  const members = [
    { personId: patientId, role: 'patient' },
    { personId: nurseId, role: 'nurse', mayFinish: true },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'matrix', members }))
  return visitId
}

/** The nurse rings the patient. */
async function ringIn(bed: TestBed, world: World): Promise<{ visitId: string; ringId: string }> {
  const visitId = await visitOf(bed, world)
  const ringId = randomUUID()
  await bed.owner.query(
    `insert into calls.ring (id, visit_id, person_id, from_person_id, rung_at, until)
      values ($1, $2, $3, $4, now(), now() + interval '1 minute')`,
    [ringId, visitId, world.patientId, world.nurseId],
  )
  return { visitId, ringId }
}

/** The patient asks to be called by telephone. */
async function callBackIn(bed: TestBed, world: World): Promise<{ params: { visitId: string; messageId: string } }> {
  const visitId = await visitOf(bed, world)
  const messageId = randomUUID()
  await bed.owner.query(
    `insert into calls.message (id, visit_id, author_id, written_by, kind, at)
      values ($1, $2, $3, $3, 'call_back', now())`,
    [messageId, visitId, world.patientId],
  )
  return { params: { visitId, messageId } }
}

/** The patient sent a photo. */
async function photoIn(bed: TestBed, world: World): Promise<{ params: { visitId: string; messageId: string } }> {
  const visitId = await visitOf(bed, world)
  const messageId = randomUUID()
  await bed.owner.query(
    `insert into calls.message (id, visit_id, author_id, written_by, kind, at) values ($1, $2, $3, $3, 'photo', now())`,
    [messageId, visitId, world.patientId],
  )
  const made = { id: messageId, purpose: 'visit_photo', subjectId: visitId, name: 'photo.jpg' }
  const keep = await bed.platform.files.write(made, Readable.from([Buffer.from('\xff\xd8\xff\xe0 photo', 'latin1')]))
  await bed.platform.transact(systemActor, keep)
  return { params: { visitId, messageId } }
}

/** The nurse asks the helpers of the station; `helper` took it. */
async function assistIn(
  bed: TestBed,
  world: World,
  helper: CastKey | null,
): Promise<{ visitId: string; assistId: string }> {
  const visitId = await visitOf(bed, world)
  const assistId = randomUUID()
  const taker = helper === null ? null : (await bed.app.readActor((await bed.as(helper)).cookie)).personId
  await bed.owner.query(
    `insert into calls.assist (id, visit_id, person_id, asked_by, asked_at, unit_ids, taken_by, taken_at, agreed_at)
      values ($1, $2, $3, $3, now(), array(select facility_id from identity.practitioner_card where person_id = $3),
        $4::uuid, case when $4::uuid is not null then now() end, case when $4::uuid is not null then now() end)`,
    [assistId, visitId, world.nurseId, taker],
  )
  return { visitId, assistId }
}

/** A request of the station's nurse, for whoever helps the station, and once taken for the one who took it. */
function forHelpers(helper: CastKey | null, body?: object): MatrixCase {
  const make = (world: World) => async (bed: TestBed) => ({
    params: { assistId: (await assistIn(bed, world, helper)).assistId },
    ...(body && { body }),
  })
  const ownFor = helper === null ? (['unitAdmin', 'systemAdmin'] as const) : [helper]
  return { own: make(own), ownFor, foreign: make(foreign), foreignFor: ['systemAdmin'] }
}

/** The nurse's own request, which a helper took. */
const ownAssist: MakeIn = async (bed, world) => ({ params: await assistIn(bed, world, 'systemAdmin') })

type MakeIn = (bed: TestBed, world: World) => Promise<object>

/** A visit is known to those who sit in it: no grant, however high, opens somebody else's. */
function inVisit(make: MakeIn, patientToo: boolean, nurseToo: boolean): MatrixCase {
  const members = (patient: CastKey, nurse: CastKey) => [...(patientToo ? [patient] : []), ...(nurseToo ? [nurse] : [])]
  return {
    own: (bed) => make(bed, own),
    ownFor: members('lan', 'nurse'),
    foreign: (bed) => make(bed, foreign),
    foreignFor: members('duc', 'foreignNurse'),
  }
}

/** A guest is invited to the visit. */
async function guestIn(bed: TestBed, world: World): Promise<{ visitId: string; guestId: string; secret: string }> {
  const visitId = await visitOf(bed, world)
  const guestId = randomUUID()
  const secret = sealCode(bed.platform.db, 'guest-link', guestId)
  await bed.owner.query(
    `insert into calls.guest (id, visit_id, kind, name, invited_by, invited_at, enter_until, link_hash)
      values ($1, $2, 'interpreter', 'Y Mai', $3, now(), now() + interval '10 minutes', $4)`,
    [guestId, visitId, world.nurseId, hashOf(secret)],
  )
  return { visitId, guestId, secret }
}

/** A guest who has entered, and what they ask about their visit. */
const asGuest =
  (input: (visitId: string) => object = () => ({})): NonNullable<MatrixCase['guest']> =>
  async (bed) => {
    const { visitId, secret } = await guestIn(bed, own)
    const client = guestClient(bed.app)
    await client.call(enterAsGuest, { body: { secret, key: randomUUID() } })
    return { client, input: { params: { visitId }, ...input(visitId) } }
  }

/** A guest who asked for help, which a helper took. */
const asGuestWithAssist: NonNullable<MatrixCase['guest']> = async (bed) => {
  const { client, input } = await asGuest()(bed)
  const { visitId } = input?.params as { visitId: string }
  const assistId = randomUUID()
  await client.call(askAssist, { params: { visitId }, body: { assistId } })
  await bed.owner.query('update calls.assist set taken_by = $2, taken_at = now(), agreed_at = now() where id = $1', [
    assistId,
    own.nurseId,
  ])
  return { client, input: { params: { visitId, assistId } } }
}

const visitOnly: MakeIn = async (bed, world) => ({ params: { visitId: await visitOf(bed, world) } })

const withBody =
  (body: object): MakeIn =>
  async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body })

/** The nurse asked for a recording, of which some seconds are there. */
async function recordingIn(
  bed: TestBed,
  world: World,
): Promise<{ visitId: string; recordingId: string; spanId: string }> {
  const visitId = await visitOf(bed, world)
  const [recordingId, spanId, fileId] = [randomUUID(), randomUUID(), randomUUID()]
  await bed.owner.query("insert into calls.recording values ($1, $2, 'consent', $3, now(), null, null)", [
    recordingId,
    visitId,
    world.nurseId,
  ])
  await bed.owner.query('insert into calls.recording_consent values ($1, $2, now(), null)', [
    recordingId,
    world.nurseId,
  ])
  await bed.owner.query('insert into calls.recording_span values ($1, $2, $3, now(), now())', [
    spanId,
    recordingId,
    world.nurseId,
  ])
  const seconds = Readable.from([Buffer.from('\x1a\x45\xdf\xa3 webm V_VP8', 'latin1')])
  const made = { id: fileId, purpose: 'recording_chunk', subjectId: spanId, name: '' }
  const keep = await bed.platform.files.write(made, seconds)
  await bed.platform.transact(systemActor, keep)
  await bed.owner.query('insert into calls.recording_chunk values ($1, 0, $2, 5000)', [spanId, fileId])
  return { visitId, recordingId, spanId }
}

/** Who records has a page in the room. */
const enterNurse = (bed: TestBed, world: World, visitId: string) =>
  bed.owner.query(
    `with here as (insert into platform.process (id, role, host, pid, secret_hash)
        values (gen_random_uuid(), 'web', 'here', 1, '') returning id)
      insert into calls.participant
        (visit_id, socket_id, process_id, peer, device, person_id, name, role, transport, joined_at)
      values ($1, $2, (select id from here), gen_random_uuid(), gen_random_uuid(), $3, '', 'nurse', 'mesh', now())`,
    [visitId, randomUUID(), world.nurseId],
  )

const inRecording =
  (body?: () => object): MakeIn =>
  async (bed, world) => {
    const { visitId, recordingId } = await recordingIn(bed, world)
    await enterNurse(bed, world, visitId)
    return { params: { visitId, recordingId }, ...(body && { body: body() }) }
  }
const newMessage = () => ({ id: randomUUID(), kind: 'text', text: 'Nghe không rõ, nhắn ở đây ạ.' })

export const matrix: Matrix = {
  'calls.myVisits': { own: () => ({}), ownFor: everyone },
  'calls.myRings': { own: () => ({}), ownFor: everyone },
  'calls.getVisit': { ...inVisit(visitOnly, true, true), guest: asGuest() },
  'calls.issueTicket': { ...inVisit(visitOnly, true, true), guest: asGuest() },
  'calls.ringMember': inVisit(
    async (bed, world) => ({
      params: { visitId: await visitOf(bed, world) },
      body: { ringId: randomUUID(), personId: world.patientId },
    }),
    true,
    true,
  ),
  // the one who is rung answers, the one who rang stops
  'calls.answerRing': inVisit(
    async (bed, world) => {
      const { visitId, ringId } = await ringIn(bed, world)
      return { params: { visitId }, body: { ringId, answer: 'decline' } }
    },
    true,
    false,
  ),
  'calls.cancelRing': inVisit(
    async (bed, world) => {
      const { visitId, ringId } = await ringIn(bed, world)
      return { params: { visitId }, body: { ringId } }
    },
    false,
    true,
  ),
  'calls.finishVisit': inVisit(visitOnly, false, true),
  'calls.inviteGuest': inVisit(
    async (bed, world) => ({
      params: { visitId: await visitOf(bed, world) },
      body: { guestId: randomUUID(), kind: 'interpreter', name: 'Y Mai', minutes: 10 },
    }),
    false,
    true,
  ),
  'calls.listGuests': inVisit(visitOnly, false, true),
  'calls.endGuest': inVisit(
    async (bed, world) => {
      const { visitId, guestId } = await guestIn(bed, world)
      return { params: { visitId, guestId } }
    },
    false,
    true,
  ),
  // whoever holds the link is meant, whether they have an account or not
  'calls.lookGuestLink': {
    own: async (bed) => ({ body: { secret: (await guestIn(bed, foreign)).secret } }),
    ownFor: ['anonymous', ...everyone],
  },
  'calls.enterAsGuest': {
    own: async (bed) => ({ body: { secret: (await guestIn(bed, foreign)).secret, key: randomUUID() } }),
    ownFor: ['anonymous', ...everyone],
  },
  'calls.guestSelf': { own: () => ({}), ownFor: ['anonymous', ...everyone] },
  // the door is the signature, which no person has: without one nobody's body is even read as news
  'calls.takeMediaEvent': { own: () => ({ body: {} }), ownFor: ['anonymous', ...everyone] },
  'calls.raiseHand': {
    ...inVisit(withBody({ raised: true }), true, true),
    guest: asGuest(() => ({ body: { raised: true } })),
  },
  'calls.listMessages': { ...inVisit(visitOnly, true, true), guest: asGuest() },
  'calls.sendMessage': {
    ...inVisit(
      async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body: newMessage() }),
      true,
      true,
    ),
    guest: asGuest(() => ({ body: newMessage() })),
  },
  'calls.settleCallBack': inVisit(callBackIn, true, true),
  'calls.readAttachment': inVisit(photoIn, true, true),
  'calls.showPhones': inVisit(visitOnly, true, true),
  'calls.askAssist': {
    ...inVisit(
      async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body: { assistId: randomUUID() } }),
      true,
      true,
    ),
    guest: asGuest(() => ({ body: { assistId: randomUUID() } })),
  },
  'calls.readAssist': { ...inVisit(visitOnly, true, true), guest: asGuest() },
  'calls.agreeToAssist': { ...inVisit(ownAssist, false, true), guest: asGuestWithAssist },
  'calls.endOwnAssist': { ...inVisit(ownAssist, false, true), guest: asGuestWithAssist },
  'calls.listAssists': { own: () => ({}), ownFor: ['unitAdmin', 'systemAdmin'] },
  'calls.takeAssist': forHelpers(null),
  'calls.actInAssist': forHelpers('systemAdmin', { action: 'tone' }),
  'calls.endAssist': forHelpers('systemAdmin'),
  // what orders the room is the hosts' alone
  'calls.lowerHands': inVisit(withBody({}), false, true),
  'calls.muteMembers': inVisit(withBody({}), false, true),
  'calls.closeFloor': inVisit(withBody({ closed: true }), false, true),
  'calls.giveFloor': inVisit(
    async (bed, world) => ({
      params: { visitId: await visitOf(bed, world) },
      body: { personId: world.patientId, maySpeak: false },
    }),
    false,
    true,
  ),
  'calls.knock': inVisit(visitOnly, true, true),
  'calls.listWaiting': inVisit(visitOnly, false, true),
  'calls.admitMembers': inVisit(withBody({}), false, true),
  'calls.removeFromRoom': inVisit(
    async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body: { personId: world.patientId } }),
    false,
    true,
  ),
  'calls.readRecording': {
    ...inVisit(async (bed, world) => ({ params: { visitId: (await recordingIn(bed, world)).visitId } }), true, true),
    guest: asGuest(),
  },
  'calls.askRecording': inVisit(
    async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body: { recordingId: randomUUID() } }),
    false,
    true,
  ),
  'calls.answerRecording': {
    ...inVisit(
      inRecording(() => ({ consent: true })),
      true,
      true,
    ),
    guest: async (bed) => {
      const { client, input } = await asGuest()(bed)
      const { visitId } = input?.params as { visitId: string }
      const recordingId = randomUUID()
      const asked = "insert into calls.recording values ($1, $2, 'consent', $3, now(), null, null)"
      await bed.owner.query(asked, [recordingId, visitId, own.nurseId])
      return { client, input: { params: { visitId, recordingId }, body: { consent: true } } }
    },
  },
  'calls.openRecordingSpan': inVisit(
    inRecording(() => ({ spanId: randomUUID() })),
    false,
    true,
  ),
  'calls.stopRecording': inVisit(inRecording(), false, true),
  // the patient and those who lead the visit hear it again
  'calls.listRecordings': inVisit(visitOnly, true, true),
  'calls.playRecording': inVisit(
    async (bed, world) => {
      const { visitId, spanId } = await recordingIn(bed, world)
      return { params: { visitId, spanId } }
    },
    true,
    true,
  ),
  'calls.present': inVisit(withBody({ peer: randomUUID(), on: false }), true, true),
}
