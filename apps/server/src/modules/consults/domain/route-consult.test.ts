import type { Presence } from '@moinha/contracts/roster'
import { describe, expect, it } from 'vitest'
import { nextToRing, routeConsult, type ChainHospital, type OnRoster } from './route-consult.ts'

const duty = (personId: string, rank: number, presence: Presence): OnRoster => ({
  personId,
  rank,
  presence,
  role: 'on_duty',
})
const backup = (personId: string, presence: Presence): OnRoster => ({ personId, rank: 9, presence, role: 'backup' })
const lead = (personId: string): OnRoster => ({ personId, rank: 1, presence: 'online', role: 'lead' })

const ngocHoi: ChainHospital = { facilityId: 'ngoc-hoi', team: [], leads: [lead('tuan')] }
const tinh: ChainHospital = {
  facilityId: 'tinh',
  leads: [lead('ha')],
  team: [duty('first', 1, 'offline'), duty('chau', 2, 'online'), duty('busy', 3, 'busy'), backup('backup', 'online')],
}
const said = (hospitals: ChainHospital[]) =>
  routeConsult({ requesterId: 'nurse', hospitals }).candidates.map(({ personId, reason }) => `${personId} ${reason}`)

describe('routing of a consult', () => {
  it('goes along the chain: on duty and online, busy, offline, backup, next hospital, duty leads', () => {
    expect(said([{ ...ngocHoi, team: [duty('nghia', 1, 'offline')] }, tinh])).toEqual([
      'nghia ON_DUTY_OFFLINE',
      'chau ON_DUTY_ONLINE',
      'busy ON_DUTY_BUSY',
      'first ON_DUTY_OFFLINE',
      'backup BACKUP',
      'tuan DUTY_LEAD',
      'ha DUTY_LEAD',
    ])
  })

  it('keeps the order of the roster among equals', () => {
    expect(said([{ ...tinh, team: [duty('b', 2, 'online'), duty('a', 1, 'online')] }])).toEqual([
      'a ON_DUTY_ONLINE',
      'b ON_DUTY_ONLINE',
      'ha DUTY_LEAD',
    ])
  })

  it('says which hospital has nobody of the specialty', () => {
    expect(routeConsult({ requesterId: 'nurse', hospitals: [ngocHoi, tinh] })).toMatchObject({
      skipped: ['ngoc-hoi'],
      missing: null,
    })
  })

  it('rings nobody twice, nor the requester', () => {
    expect(
      said([
        { ...tinh, leads: [lead('chau')] },
        { ...tinh, facilityId: 'other', team: [duty('nurse', 1, 'online'), duty('chau', 1, 'online')] },
      ]),
    ).toEqual(['chau ON_DUTY_ONLINE', 'busy ON_DUTY_BUSY', 'first ON_DUTY_OFFLINE', 'backup BACKUP', 'ha DUTY_LEAD'])
  })

  it.each([
    ['no hospital backs the unit', [], 'SUPPORT_LINK'],
    ['nobody is on the roster', [ngocHoi], 'ROSTER'],
  ] as const)('names the missing link: %s', (_, hospitals, missing) => {
    expect(routeConsult({ requesterId: 'nurse', hospitals })).toMatchObject({ candidates: [], missing })
  })

  it('rings the leads alone when the requester chose so', () => {
    expect(routeConsult({ requesterId: 'nurse', hospitals: [ngocHoi], askLead: true })).toMatchObject({
      candidates: [{ personId: 'tuan', reason: 'DUTY_LEAD' }],
      missing: null,
    })
  })

  it('goes on to the first not yet rung', () => {
    const route = routeConsult({ requesterId: 'nurse', hospitals: [tinh] })
    expect(nextToRing(route, new Set(['chau']))?.personId).toBe('busy')
    expect(nextToRing(route, new Set(route.candidates.map(({ personId }) => personId)))).toBeUndefined()
  })
})
