import { randomUUID } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import { everyone, type Matrix, type MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'
import { openVisit } from '../index.ts'

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
    `insert into calls.message (id, visit_id, author_id, written_by, kind, at) values ($1, $2, $3, $3, 'call_back', now())`,
    [messageId, visitId, world.patientId],
  )
  return { params: { visitId, messageId } }
}

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

const visitOnly: MakeIn = async (bed, world) => ({ params: { visitId: await visitOf(bed, world) } })

const withBody =
  (body: object): MakeIn =>
  async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body })

export const matrix: Matrix = {
  'calls.myVisits': { own: () => ({}), ownFor: everyone },
  'calls.myRings': { own: () => ({}), ownFor: everyone },
  'calls.getVisit': inVisit(visitOnly, true, true),
  'calls.issueTicket': inVisit(visitOnly, true, true),
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
  'calls.listMessages': inVisit(visitOnly, true, true),
  'calls.sendMessage': inVisit(
    async (bed, world) => ({
      params: { visitId: await visitOf(bed, world) },
      body: { id: randomUUID(), kind: 'text', text: 'Nghe không rõ, nhắn ở đây ạ.' },
    }),
    true,
    true,
  ),
  'calls.settleCallBack': inVisit(callBackIn, true, true),
  'calls.showPhones': inVisit(visitOnly, true, true),
  'calls.raiseHand': inVisit(withBody({ raised: true }), true, true),
  // what orders the room is the hosts' alone
  'calls.lowerHands': inVisit(withBody({}), false, true),
  'calls.knock': inVisit(visitOnly, true, true),
  'calls.listWaiting': inVisit(visitOnly, false, true),
  'calls.admitMembers': inVisit(withBody({}), false, true),
  'calls.removeFromRoom': inVisit(
    async (bed, world) => ({ params: { visitId: await visitOf(bed, world) }, body: { personId: world.patientId } }),
    false,
    true,
  ),
  'calls.present': inVisit(withBody({ peer: randomUUID(), on: false }), true, true),
}
