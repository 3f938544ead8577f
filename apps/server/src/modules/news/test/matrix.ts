import { randomUUID } from 'node:crypto'
import { everyone, type Matrix, type MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

const anyone = ['anonymous', ...everyone] as const
const citizens: readonly CastKey[] = ['lan', 'duc']
const publishers: readonly CastKey[] = ['unitAdmin', 'officer', 'systemAdmin']
const desk: readonly CastKey[] = ['nurse', 'stationDoctor']
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const words = {
  titleVi: 'Thử',
  bodyVi: 'Thử',
  titleEn: '',
  bodyEn: '',
  priority: 'normal',
  fromDay: null,
  untilDay: null,
}

interface World {
  sender: string
  area: string
}
const ownWorld: World = { sender: facilityIdOf('kt-bvdkkv-ngoc-hoi'), area: poY }
const foreignWorld: World = { sender: facilityIdOf('gl-syt'), area: hoaiHai }

async function messageIn(bed: TestBed, { sender, area }: World, status: 'draft' | 'published'): Promise<string> {
  const id = randomUUID()
  const shown = status === 'draft' ? null : new Date()
  await bed.owner.query(
    `insert into news.message (id, sender_id, area_id, status, shown_from, published_at)
      values ($1, $2, $3, $4, $5, $5)`,
    [id, sender, area, status, shown],
  )
  await bed.owner.query(
    "insert into news.message_version (message_id, no, title_vi, body_vi) values ($1, 1, 'Thử', 'Thử')",
    [id],
  )
  return id
}

/** A route on a message, tried on one of Pờ Y and on one of another province. */
const onMessage = (
  status: 'draft' | 'published',
  rest: Omit<NonNullable<MatrixInput>, 'params'> = {},
): Matrix[string] => ({
  own: async (bed) => ({ params: { id: await messageIn(bed, ownWorld, status) }, ...rest }),
  ownFor: publishers,
  foreign: async (bed) => ({ params: { id: await messageIn(bed, foreignWorld, status) }, ...rest }),
  foreignFor: ['systemAdmin'],
})

async function helpIn(bed: TestBed): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into news.help_given (id, facility_id, helper_id, at, age_group, sex)
      values ($1, $2, $3, now(), '30-44', 'female')`,
    [id, poY, demoPersonId('cast/nurse')],
  )
  return id
}
const helpBody = (facilityId: string) => ({ body: { id: randomUUID(), facilityId, ageGroup: '30-44', sex: 'female' } })

export const matrix: Matrix = {
  'news.mine': { own: () => ({}), ownFor: citizens },
  'news.unread': { own: () => ({}), ownFor: citizens },
  'news.publicFeed': { own: () => ({ query: { facilityId: poY } }), ownFor: anyone },
  'news.publicAreas': { own: () => ({}), ownFor: anyone },
  'news.message': {
    own: async (bed) => ({ params: { id: await messageIn(bed, ownWorld, 'published') } }),
    ownFor: anyone,
    foreign: async (bed) => ({ params: { id: await messageIn(bed, foreignWorld, 'draft') } }),
  },
  'news.markRead': {
    own: async (bed) => ({ params: { id: await messageIn(bed, ownWorld, 'published') }, body: { version: 1 } }),
    ownFor: citizens,
    foreign: async (bed) => ({ params: { id: await messageIn(bed, ownWorld, 'draft') }, body: { version: 1 } }),
  },
  'news.list': { own: () => ({}), ownFor: publishers },
  'news.publishAreas': { own: () => ({ query: { q: 'po y' } }), ownFor: publishers },
  'news.managed': onMessage('published'),
  'news.proof': onMessage('published'),
  'news.saveDraft': {
    own: () => ({ params: { id: randomUUID() }, body: { ...words, areaId: poY, edits: 0 } }),
    ownFor: publishers,
    foreign: () => ({ params: { id: randomUUID() }, body: { ...words, areaId: hoaiHai, edits: 0 } }),
    foreignFor: ['systemAdmin'],
  },
  'news.dropDraft': onMessage('draft'),
  'news.publish': onMessage('draft', { body: { edits: 1 } }),
  'news.withdraw': onMessage('published', { body: { reason: 'Thử' } }),
  'news.correct': onMessage('published', { body: { ...words, version: 1, reason: 'Thử' } }),
  'news.helpToday': {
    own: () => ({ params: { facilityId: poY } }),
    ownFor: desk,
    foreign: () => ({ params: { facilityId: hoaiHai } }),
    foreignFor: ['foreignNurse'],
  },
  'news.giveHelp': {
    own: () => helpBody(poY),
    ownFor: desk,
    foreign: () => helpBody(hoaiHai),
    foreignFor: ['foreignNurse'],
  },
  // whoever noted it undoes it; the colleague beside sees it and may not
  'news.takeHelpBack': { own: async (bed) => ({ params: { id: await helpIn(bed) } }), ownFor: ['nurse'] },
}
