import { expect, it } from 'vitest'
import { EncounterDraft, type SaveReply, type Versioned } from './encounter-draft.ts'

const start: Versioned = {
  complaint: 'Ho',
  findings: '',
  conclusion: '',
  advice: '',
  nextAppointmentOn: null,
  referredUp: false,
  disposition: null,
  channel: 'in_person',
  identityCheck: 'not_checked',
  consentBy: null,
  diagnoses: [],
  version: 1,
}

/** A server that keeps versions like ours does. */
function server() {
  let saved: Versioned = { ...start }
  const sent: unknown[] = []
  return {
    sent,
    now: () => saved,
    write: (changes: Partial<Versioned>) => void (saved = { ...saved, ...changes, version: saved.version + 1 }),
    send: async (version: number, changes: Partial<Versioned>): Promise<SaveReply> => {
      sent.push(changes)
      if (version !== saved.version) return { kind: 'newer', current: saved }
      saved = { ...saved, ...changes, version: version + 1 }
      return { kind: 'saved', version: saved.version }
    },
  }
}

it('sends only what changed, once', async () => {
  const house = server()
  const draft = new EncounterDraft(start, house.send)
  draft.change({ findings: 'Phổi trong' })
  expect(draft.read().state).toBe('unsaved')
  expect(await draft.flush()).toBe(true)
  expect(await draft.flush()).toBe(true)
  expect(house.sent).toEqual([{ findings: 'Phổi trong' }])
  expect(draft.read()).toMatchObject({ state: 'saved', version: 2 })
})

it('takes over what somebody else wrote elsewhere, and keeps what is typed here', async () => {
  const house = server()
  const draft = new EncounterDraft(start, house.send)
  house.write({ conclusion: 'Viêm họng' })
  draft.change({ findings: 'Họng đỏ' })
  expect(await draft.flush()).toBe(true)
  expect(house.now()).toMatchObject({ findings: 'Họng đỏ', conclusion: 'Viêm họng', version: 3 })
  expect(draft.read().content).toMatchObject({ findings: 'Họng đỏ', conclusion: 'Viêm họng' })
})

it('two texts for one piece wait for a choice; nothing is overwritten', async () => {
  const house = server()
  const draft = new EncounterDraft(start, house.send)
  house.write({ conclusion: 'Của người khác' })
  draft.change({ conclusion: 'Của tôi', advice: 'Nghỉ ngơi' })
  expect(await draft.flush()).toBe(false)
  expect(draft.read()).toMatchObject({
    state: 'conflict',
    clashes: [{ piece: 'conclusion', theirs: 'Của người khác' }],
    content: { conclusion: 'Của tôi' },
  })
  expect(house.now().conclusion).toBe('Của người khác')
  draft.settle('conclusion', 'Của cả hai')
  expect(await draft.flush()).toBe(true)
  expect(house.now()).toMatchObject({ conclusion: 'Của cả hai', advice: 'Nghỉ ngơi' })
})

it('keeps what could not be sent and sends it later', async () => {
  const house = server()
  let down = true
  const draft = new EncounterDraft(start, async (version, changes) =>
    down ? { kind: 'failed', error: null } : house.send(version, changes),
  )
  draft.change({ advice: 'Uống nước' })
  expect(await draft.flush()).toBe(false)
  expect(draft.read().state).toBe('unsent')
  down = false
  expect(await draft.flush()).toBe(true)
  expect(house.now().advice).toBe('Uống nước')
  draft.close()
})

it('does not take its own save, heard of before the answer, for somebody else’s', async () => {
  const house = server()
  const draft: EncounterDraft = new EncounterDraft(start, async (version, changes) => {
    const reply = await house.send(version, changes)
    draft.change({ findings: 'Phổi trong, tim đều' })
    draft.meet(house.now())
    return reply
  })
  draft.change({ findings: 'Phổi trong' })
  await draft.flush()
  expect(draft.read().clashes).toEqual([])
  expect(house.now().findings).toBe('Phổi trong, tim đều')
  draft.close()
})

it('waits calmly while a date is half typed, sends the rest, and the date once it is whole', async () => {
  const house = server()
  const draft = new EncounterDraft(start, house.send)
  draft.change({ nextAppointmentOn: '03/08', advice: 'Uống đủ nước' })
  expect(await draft.flush()).toBe(false)
  expect(house.sent).toEqual([{ advice: 'Uống đủ nước' }])
  expect(draft.read()).toMatchObject({ state: 'unsaved', error: null, content: { nextAppointmentOn: '03/08' } })
  draft.change({ nextAppointmentOn: '2026-08-03' })
  expect(await draft.flush()).toBe(true)
  expect(house.sent.at(-1)).toEqual({ nextAppointmentOn: '2026-08-03' })
  expect(draft.read().state).toBe('saved')
})
