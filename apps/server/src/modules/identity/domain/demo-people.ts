import type { QualificationCode } from '@moinha/contracts/qualifications'
import { demoName, ethnicCodeSystem } from './demo-names.ts'
import type { Sex } from './demo-names.ts'
import { demoRandom, hashOf } from './demo-random.ts'
import type { DemoRandom } from './demo-random.ts'

/** The seed of the demo network: change it and every generated person changes. */
export const demoSeed = 20261122

/** An invented person. Dates are `yyyy-mm-dd`, phones E.164, names Unicode NFC. */
export interface DemoPerson {
  readonly key: string
  readonly fullName: string
  readonly sex: Sex
  readonly birthDate: string
  readonly ethnicityCode: string
  readonly ethnicityCodeSystem: string
  readonly phone: string | null
}

/** Vietnamese professional titles, as they are printed. */
export type StaffTitle = 'bác sĩ' | 'y sĩ' | 'điều dưỡng' | 'hộ sinh' | 'chuyên viên' | 'kỹ sư'

/** Roles a demo account is granted on its facility; the keys are those of the permission catalogue. */
export type DemoRole =
  'station_nurse' | 'station_doctor' | 'specialist' | 'duty_lead' | 'unit_admin' | 'department_officer' | 'system_admin'

/** A licence that cannot be mistaken for a real one: its issuer ends in DEMO. */
export interface DemoLicence {
  readonly number: string
  readonly issuer: string
  readonly isDemo: true
}

/** A member of staff on one practitioner role. */
export interface DemoStaff extends DemoPerson {
  readonly username: string
  readonly facilityKey: string
  readonly role: DemoRole
  readonly title: StaffTitle
  readonly degree: string
  /** Codes of facilities/data/specialties.csv, the main one first. */
  readonly specialties: readonly string[]
  readonly licence: DemoLicence | null
}

/** A citizen registered at a station. */
export interface DemoCitizen extends DemoPerson {
  readonly facilityKey: string
}

interface PractitionerRole {
  readonly role: DemoRole
  readonly title: StaffTitle
  readonly specialty: string
}

const doctors = (specialty: string, count: number): PractitionerRole[] =>
  Array.from({ length: count }, () => ({ role: 'specialist', title: 'bác sĩ', specialty }))

const stationPractitionerRoles: readonly PractitionerRole[] = [
  { role: 'station_doctor', title: 'bác sĩ', specialty: 'general' },
  { role: 'station_nurse', title: 'y sĩ', specialty: 'general' },
  { role: 'station_nurse', title: 'điều dưỡng', specialty: 'general' },
  { role: 'station_nurse', title: 'hộ sinh', specialty: 'obstetrics' },
]
const practitionerRolesByType: Readonly<Record<string, readonly PractitionerRole[]>> = {
  commune_station: stationPractitionerRoles,
  regional_clinic: stationPractitionerRoles,
  health_centre: [
    ...doctors('internal', 2),
    ...['paediatrics', 'obstetrics', 'surgery', 'emergency'].flatMap((code) => doctors(code, 1)),
  ],
  // No cardiologist on purpose: the demo shows the chain going on to the provincial hospital.
  regional_hospital: [
    ...doctors('internal', 3),
    ...['paediatrics', 'obstetrics', 'surgery', 'emergency'].flatMap((code) => doctors(code, 2)),
    ...doctors('infectious_disease', 1),
    ...doctors('ent', 1),
  ],
  provincial_hospital: [
    ...doctors('cardiology', 3),
    ...doctors('internal', 3),
    ...[
      'endocrinology',
      'respiratory',
      'gastroenterology',
      'nephrology',
      'neurology',
      'musculoskeletal',
      'infectious_disease',
      'paediatrics',
      'obstetrics',
      'surgery',
      'oncology',
      'ent',
      'dental',
      'eye',
      'dermatology',
      'rehabilitation',
      'emergency',
    ].flatMap((code) => doctors(code, 2)),
  ],
  disease_control_centre: doctors('infectious_disease', 2),
}

function practitionerRolesOf(facilityKey: string, type: string): readonly PractitionerRole[] {
  if (type !== 'specialty_hospital') return practitionerRolesByType[type] ?? []
  // The two specialty hospitals of the Kon Tum plan, §4.4
  if (facilityKey.includes('tam-than')) return doctors('psychiatry', 3)
  if (facilityKey.includes('ydct')) return [...doctors('traditional_medicine', 3), ...doctors('rehabilitation', 3)]
  return doctors('general', 2)
}

/** What each demo title is by its code. */
export const demoQualifications: Readonly<Record<StaffTitle, QualificationCode>> = {
  'bác sĩ': 'doctor',
  'y sĩ': 'assistant-doctor',
  'điều dưỡng': 'nurse',
  'hộ sinh': 'midwife',
  'chuyên viên': 'other',
  'kỹ sư': 'other',
}

const usernamePrefix: Readonly<Record<StaffTitle, string>> = {
  'bác sĩ': 'bs',
  'y sĩ': 'ys',
  'điều dưỡng': 'dd',
  'hộ sinh': 'hs',
  'chuyên viên': 'cv',
  'kỹ sư': 'ks',
}
const degrees: Readonly<Record<StaffTitle, readonly string[]>> = {
  'bác sĩ': ['Bác sĩ chuyên khoa I', 'Bác sĩ chuyên khoa I', 'Bác sĩ chuyên khoa II', 'Thạc sĩ y học'],
  'y sĩ': ['Y sĩ đa khoa'],
  'điều dưỡng': ['Cao đẳng điều dưỡng', 'Cử nhân điều dưỡng'],
  'hộ sinh': ['Cao đẳng hộ sinh'],
  'chuyên viên': ['Cử nhân'],
  'kỹ sư': ['Kỹ sư công nghệ thông tin'],
}

/** How many citizens of one facility get a phone of their own; later ones have none. */
const citizenPhonesPerBlock = 900

/**
 * A phone number of the demo. Viet Nam is not known to keep a range for fiction. 0590 xxx xxx has the right shape
 * (codes of Gmobile are known as 0592, 0593, 0598, 0599; that 0590 is unassigned is UNVERIFIED), so the whole prefix is
 * reserved for the demo and a real SMS adapter must refuse it: see {@link isDemoPhone}.
 */
export function demoPhone(block: number, index: number): string {
  return `+84590${String(block).padStart(3, '0')}${String(index).padStart(3, '0')}`
}

/** Whether a number belongs to the demo and must never be dialled or sent to. */
export function isDemoPhone(phone: string): boolean {
  return /^(\+?84|0)590\d{6}$/.test(phone)
}

/** Block 0 belongs to the fixed cast. */
const blockCount = 999
const blockOf = (facilityKey: string): number => 1 + (hashOf(facilityKey) % blockCount)

/**
 * One block of 1,000 numbers per facility, no two alike: pass the result to {@link demoStaff} and {@link demoCitizens}.
 */
export function demoBlocks(facilityKeys: readonly string[]): ReadonlyMap<string, number> {
  if (facilityKeys.length > blockCount) throw new RangeError(`more than ${blockCount} facilities`)
  const blocks = new Map<string, number>()
  const taken = new Set<number>()
  for (const key of [...new Set(facilityKeys)].sort()) {
    let block = blockOf(key)
    while (taken.has(block)) block = 1 + (block % blockCount)
    taken.add(block)
    blocks.set(key, block)
  }
  return blocks
}

/** The licence of block and index: shape of codes seen in the field (`000123/KT-CCHN`), issuer plainly DEMO. */
export function demoLicence(facilityKey: string, block: number, index: number): DemoLicence {
  const province = (facilityKey.split('-')[0] ?? '').slice(0, 2).toUpperCase()
  const issuer = `${province}DEMO`
  return { number: `${String(block * 100 + index).padStart(6, '0')}/${issuer}-CCHN`, issuer, isDemo: true }
}

function birthDate(random: DemoRandom, firstYear: number, lastYear: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${random.between(firstYear, lastYear)}-${pad(random.between(1, 12))}-${pad(random.between(1, 28))}`
}

function staffOf(
  random: DemoRandom,
  facilityKey: string,
  practitionerRole: PractitionerRole,
  { block, index }: { block: number; index: number },
): DemoStaff {
  const sex: Sex = demoQualifications[practitionerRole.title] === 'midwife' || random.next() < 0.5 ? 'female' : 'male'
  const number = String(index).padStart(2, '0')
  return {
    key: `${facilityKey}/staff-${number}`,
    ...demoName(facilityKey, sex, random),
    ethnicityCodeSystem: ethnicCodeSystem,
    sex,
    birthDate: birthDate(random, 1970, 1996),
    phone: demoPhone(block, citizenPhonesPerBlock + index),
    username: `${usernamePrefix[practitionerRole.title]}${number}.${facilityKey}`,
    facilityKey,
    role: practitionerRole.role,
    title: practitionerRole.title,
    degree:
      demoQualifications[practitionerRole.title] === 'doctor' && practitionerRole.specialty === 'general'
        ? 'Bác sĩ đa khoa'
        : random.pick(degrees[practitionerRole.title]),
    specialties: [practitionerRole.specialty],
    licence: demoLicence(facilityKey, block, index),
  }
}

/** The generated staff of a facility: enough per specialty that a roster has a next doctor. Departments have none. */
export function demoStaff(seed: number, facilityKey: string, type: string, block = blockOf(facilityKey)): DemoStaff[] {
  const random = demoRandom(seed, `staff ${facilityKey}`)
  const names = new Set<string>()
  return practitionerRolesOf(facilityKey, type).map((practitionerRole, position) => {
    let person = staffOf(random, facilityKey, practitionerRole, { block, index: position + 1 })
    // Two colleagues of one name on a duty list would be a trap; a redraw settles it.
    for (let attempt = 0; names.has(person.fullName) && attempt < 50; attempt += 1)
      person = staffOf(random, facilityKey, practitionerRole, { block, index: position + 1 })
    names.add(person.fullName)
    return person
  })
}

/** Grown-up citizens of the area of a station. The first ones stay the same when `count` grows. */
export function demoCitizens(
  seed: number,
  facilityKey: string,
  count: number,
  block = blockOf(facilityKey),
): DemoCitizen[] {
  const random = demoRandom(seed, `citizens ${facilityKey}`)
  return Array.from({ length: count }, (_, index) => {
    const sex: Sex = random.next() < 0.52 ? 'female' : 'male'
    return {
      key: `${facilityKey}/citizen-${String(index + 1).padStart(3, '0')}`,
      ...demoName(facilityKey, sex, random),
      ethnicityCodeSystem: ethnicCodeSystem,
      sex,
      birthDate: birthDate(random, 1942, 2007),
      phone: index < citizenPhonesPerBlock ? demoPhone(block, index) : null,
      facilityKey,
    }
  })
}
