import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { castCitizens, castStaff, castStaffMember } from './demo-cast.ts'
import { demoEthnicCodes } from './demo-names.ts'
import { demoBlocks, demoCitizens, demoSeed, demoStaff, isDemoPhone } from './demo-people.ts'

function csv(path: string): Record<string, string>[] {
  return parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { columns: true })
}
const facilities = csv('../../facilities/data/facilities.csv').map((row) => ({
  key: row.key ?? '',
  type: row.type ?? '',
}))
const ethnicCodes = new Set(csv('../data/ethnic-groups.csv').map((row) => row.code))
const specialties = new Set(csv('../../facilities/data/specialties.csv').map((row) => row.code))
const blocks = demoBlocks(facilities.map((facility) => facility.key))

const staff = [
  ...castStaff,
  ...facilities.flatMap((unit) => demoStaff(demoSeed, unit.key, unit.type, blocks.get(unit.key))),
]
const citizens = [
  ...Object.values(castCitizens),
  ...facilities
    .filter((unit) => unit.type === 'commune_station')
    .flatMap((unit) => demoCitizens(demoSeed, unit.key, 200, blocks.get(unit.key))),
]
const family = Object.values(castCitizens).flatMap((citizen) => citizen.family)
const everyone = [...staff, ...citizens, ...family]

function expectUnique(values: readonly string[]): void {
  expect(values.length - new Set(values).size).toBe(0)
}

describe('generated people', () => {
  it('are the same for the same seed and others for another', () => {
    expect(demoStaff(7, 'kt-bvdk-tinh', 'provincial_hospital')).toEqual(
      demoStaff(7, 'kt-bvdk-tinh', 'provincial_hospital'),
    )
    expect(demoCitizens(7, 'kt-tyt-po-y', 5)).toEqual(demoCitizens(7, 'kt-tyt-po-y', 50).slice(0, 5))
    expect(demoCitizens(8, 'kt-tyt-po-y', 50)).not.toEqual(demoCitizens(7, 'kt-tyt-po-y', 50))
  })

  it('have names in Unicode NFC, real birth dates and known ethnic codes', () => {
    expect(demoEthnicCodes.filter((code) => !ethnicCodes.has(code))).toEqual([])
    for (const someone of everyone) {
      expect(someone.fullName).toBe(someone.fullName.normalize('NFC'))
      expect(new Date(`${someone.birthDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(someone.birthDate)
      expect(ethnicCodes.has(someone.ethnicityCode), someone.ethnicityCode).toBe(true)
    }
  })

  it('show the peoples of the region, not one people only', () => {
    expect(new Set(citizens.map((citizen) => citizen.ethnicityCode)).size).toBe(demoEthnicCodes.length)
  })

  it('share no key, phone, user name or licence number', () => {
    expectUnique(everyone.map((someone) => someone.key))
    expectUnique(everyone.flatMap((someone) => (someone.phone === null ? [] : [someone.phone])))
    expectUnique(staff.map((member) => member.username))
    expectUnique(staff.flatMap((member) => (member.licence === null ? [] : [member.licence.number])))
  })

  it('have demo phones of the national shape and licences that say DEMO', () => {
    for (const someone of everyone) {
      if (someone.phone === null) continue
      expect(isDemoPhone(someone.phone)).toBe(true)
      // Shape of a Vietnamese mobile number since 2018-09-15
      expect(someone.phone).toMatch(/^(0|\+?84)(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}$/)
    }
    for (const member of staff)
      if (member.licence !== null) expect(member.licence.number).toMatch(/^\d{6}\/[A-Z]{2}DEMO-CCHN$/)
    for (const member of staff) expect(member.username).toMatch(/^[a-z0-9.-]+$/)
  })

  it('fill the specialties a roster needs', () => {
    const count = (facilityKey: string, specialty: string) =>
      staff.filter(
        (member) =>
          member.facilityKey === facilityKey && member.role === 'specialist' && member.specialties.includes(specialty),
      ).length
    expect(count('kt-bvdk-tinh', 'cardiology')).toBeGreaterThanOrEqual(3)
    expect(count('kt-bvdkkv-ngoc-hoi', 'internal')).toBeGreaterThanOrEqual(2)
    expect(count('kt-bv-tam-than', 'psychiatry')).toBeGreaterThanOrEqual(2)
    expect(count('kt-bv-ydct-phcn', 'traditional_medicine')).toBeGreaterThanOrEqual(2)
    expect(staff.flatMap((member) => member.specialties).filter((code) => !specialties.has(code))).toEqual([])
  })
})

describe('the cast', () => {
  it('stands on facilities of the network', () => {
    const keys = new Set(facilities.map((facility) => facility.key))
    for (const member of castStaff) {
      expect(keys.has(member.facilityKey), member.castKey).toBe(true)
      if (member.earlierPractitionerRole !== null)
        expect(keys.has(member.earlierPractitionerRole.facilityKey)).toBe(true)
      expect(castStaffMember(member.castKey)).toEqual(member)
    }
    for (const citizen of Object.values(castCitizens)) expect(keys.has(citizen.facilityKey)).toBe(true)
  })

  it('shares no name with a generated person', () => {
    const cast = new Set([...castStaff, ...Object.values(castCitizens), ...family].map((someone) => someone.fullName))
    expect(
      everyone
        .filter((someone) => !someone.key.startsWith('cast/') && cast.has(someone.fullName))
        .map((someone) => someone.fullName),
    ).toEqual([])
  })

  it('gives lan a child of 4 and an elderly mother', () => {
    expect(castCitizens.lan.family.map((member) => member.relation)).toEqual(['child', 'mother'])
    expect(2026 - Number(castCitizens.lan.family[0]?.birthDate.slice(0, 4))).toBe(4)
  })
})
