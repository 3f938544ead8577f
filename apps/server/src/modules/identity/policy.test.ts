import type { Permission } from '@moinha/contracts/permissions'
import { expect, test } from 'vitest'
import { createActor, systemActor } from '../../platform/access/actor.ts'
import { mayActFor, mayGrant, mayManageAccount, type Standing } from './policy.ts'

const ranks = new Map([
  ['station_nurse', 10],
  ['unit_admin', 50],
  ['system_admin', 100],
])
const held = (role: string, path: string, permissions: Permission[]) => ({ role, facilityId: 'f', path, permissions })
const actorWith = (...grants: ReturnType<typeof held>[]) =>
  createActor({ kind: 'staff', personId: 'me', grants, clinicalFacilityIds: [], proxyFor: ['child'], personal: [] })
const admin = actorWith(held('unit_admin', 'vn.hospital', ['staff.manage']), held('system_admin', 'vn.other', []))
const standing = (change: Partial<Standing>): Standing => ({
  grants: [],
  practitionerRolePaths: [],
  formerPaths: [],
  ...change,
})

test('roles are given up to one’s own and within one’s own subtree', () => {
  expect(mayGrant(admin, { rank: 50, path: 'vn.hospital.station' }, ranks)).toBe(true)
  expect(mayGrant(admin, { rank: 51, path: 'vn.hospital' }, ranks)).toBe(false)
  expect(mayGrant(admin, { rank: 10, path: 'vn' }, ranks)).toBe(false)
  expect(mayGrant(admin, { rank: 10, path: 'vn.hospitals' }, ranks)).toBe(false) // a longer name is no child
  // a high role that may not manage staff counts for nothing
  expect(mayGrant(admin, { rank: 0, path: 'vn.other' }, ranks)).toBe(false)
  expect(mayGrant(systemActor, { rank: 100, path: 'vn' }, ranks)).toBe(true)
})

test('an account is managed only by one who stands over all its practitioner roles and granted roles', () => {
  expect(mayManageAccount(admin, standing({ practitionerRolePaths: ['vn.hospital'] }), ranks)).toBe(true)
  expect(mayManageAccount(admin, standing({ practitionerRolePaths: ['vn.hospital', 'vn.other'] }), ranks)).toBe(false)
  expect(
    mayManageAccount(
      admin,
      standing({ practitionerRolePaths: ['vn.hospital'], grants: [{ rank: 100, path: 'vn.hospital' }] }),
      ranks,
    ),
  ).toBe(false)
  expect(mayManageAccount(admin, standing({ formerPaths: ['vn.other'] }), ranks)).toBe(false)
  expect(mayManageAccount(admin, standing({ formerPaths: ['vn.other', 'vn.hospital.station'] }), ranks)).toBe(true)
  expect(mayManageAccount(admin, standing({ practitionerRolePaths: [''] }), ranks)).toBe(false) // a unit that ended
})

test('one acts for oneself and one’s family', () => {
  expect(['me', 'child', 'other'].map((id) => mayActFor(admin, id))).toEqual([true, true, false])
})
