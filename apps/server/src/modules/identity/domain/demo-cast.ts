import { ethnicCodeSystem } from './demo-names.ts'
import type { Sex } from './demo-names.ts'
import { demoLicence, demoPhone } from './demo-people.ts'
import type { DemoCitizen, DemoPerson, DemoRole, DemoStaff, StaffTitle } from './demo-people.ts'

// The fixed people of the story (their names are kept out of demo-names.ts, so that nobody meets two of them): demo
// accounts, tests and the browser test name them by these keys.

/** Citizens of the cast: they sign in by phone. */
export type CitizenCastKey = 'lan' | 'duc'
/** Staff of the cast: they sign in by user name. */
export type StaffCastKey =
  | 'nurse'
  | 'stationDoctor'
  | 'districtSpecialist'
  | 'provincialSpecialist'
  | 'dutyLead'
  | 'unitAdmin'
  | 'officer'
  | 'foreignNurse'
  | 'systemAdmin'

/** Someone a citizen acts for; has no account and no phone. */
export interface DemoFamilyMember extends DemoPerson {
  readonly relation: 'child' | 'mother'
}
/** A citizen of the cast, with the family he or she acts for. */
export interface CastCitizen extends DemoCitizen {
  readonly castKey: CitizenCastKey
  readonly family: readonly DemoFamilyMember[]
}
/** A member of staff of the cast. */
export interface CastStaff extends DemoStaff {
  readonly castKey: StaffCastKey
  /** Where the same person worked before the reform, so that the old map has an officer too. */
  readonly earlierPractitionerRole: { readonly facilityKey: string; readonly until: string } | null
}

// Codes of data/ethnic-groups.csv
const kinh = '01'
const tay = '02'
const giaRai = '10'
const xoDang = '14'
const gieTrieng = '27'
const brau = '52'

function person(
  key: string,
  fullName: string,
  facts: Pick<DemoPerson, 'sex' | 'birthDate' | 'ethnicityCode' | 'phone'>,
): DemoPerson {
  return { key, fullName, ...facts, ethnicityCodeSystem: ethnicCodeSystem }
}

/** lan and her family belong to Trạm Pờ Y; duc belongs to a station of another province. */
export const castCitizens: Readonly<Record<CitizenCastKey, CastCitizen>> = {
  lan: {
    castKey: 'lan',
    ...person('cast/lan', 'Y Lan', {
      sex: 'female',
      birthDate: '1996-03-08',
      ethnicityCode: gieTrieng,
      phone: demoPhone(0, 1),
    }),
    facilityKey: 'kt-tyt-po-y',
    family: [
      {
        relation: 'child',
        ...person('cast/lan-child', 'A Khôi', {
          sex: 'male',
          birthDate: '2022-08-14',
          ethnicityCode: gieTrieng,
          phone: null,
        }),
      },
      {
        relation: 'mother',
        ...person('cast/lan-mother', 'Y Hơn', {
          sex: 'female',
          birthDate: '1954-05-20',
          ethnicityCode: gieTrieng,
          phone: null,
        }),
      },
    ],
  },
  duc: {
    castKey: 'duc',
    ...person('cast/duc', 'Trần Minh Đức', {
      sex: 'male',
      birthDate: '1988-11-02',
      ethnicityCode: kinh,
      phone: demoPhone(0, 2),
    }),
    facilityKey: 'bd-tyt-hoai-hai',
    family: [],
  },
}

interface StaffFacts {
  readonly name: string
  readonly sex: Sex
  readonly born: string
  readonly ethnicity: string
  readonly username: string
  readonly at: string
  readonly role: DemoRole
  readonly title: StaffTitle
  readonly degree: string
  readonly specialties: readonly string[]
  readonly earlierPractitionerRole?: CastStaff['earlierPractitionerRole']
}

const staffFacts: Readonly<Record<StaffCastKey, StaffFacts>> = {
  nurse: {
    name: 'Nàng Phương',
    sex: 'female',
    born: '1994-06-17',
    ethnicity: brau,
    username: 'nurse.poy',
    at: 'kt-tyt-po-y',
    role: 'station_nurse',
    title: 'điều dưỡng',
    degree: 'Cao đẳng điều dưỡng',
    specialties: ['general'],
  },
  stationDoctor: {
    name: 'A Bảo',
    sex: 'male',
    born: '1985-01-25',
    ethnicity: xoDang,
    username: 'doctor.poy',
    at: 'kt-tyt-po-y',
    role: 'station_doctor',
    title: 'bác sĩ',
    degree: 'Bác sĩ đa khoa',
    specialties: ['general'],
  },
  districtSpecialist: {
    name: 'Lê Quang Nghĩa',
    sex: 'male',
    born: '1980-09-03',
    ethnicity: kinh,
    username: 'internal.ngochoi',
    at: 'kt-bvdkkv-ngoc-hoi',
    role: 'specialist',
    title: 'bác sĩ',
    degree: 'Bác sĩ chuyên khoa I',
    specialties: ['internal'],
  },
  provincialSpecialist: {
    name: 'Trần Thị Minh Châu',
    sex: 'female',
    born: '1978-12-11',
    ethnicity: kinh,
    username: 'cardio.kontum',
    at: 'kt-bvdk-tinh',
    role: 'specialist',
    title: 'bác sĩ',
    degree: 'Bác sĩ chuyên khoa II',
    specialties: ['cardiology', 'internal'],
  },
  dutyLead: {
    name: 'Phạm Văn Tuấn',
    sex: 'male',
    born: '1976-04-30',
    ethnicity: kinh,
    username: 'dutylead.ngochoi',
    at: 'kt-bvdkkv-ngoc-hoi',
    role: 'duty_lead',
    title: 'bác sĩ',
    degree: 'Bác sĩ chuyên khoa II',
    specialties: ['emergency', 'internal'],
  },
  unitAdmin: {
    name: 'Nông Thị Thu',
    sex: 'female',
    born: '1989-07-19',
    ethnicity: tay,
    username: 'admin.ngochoi',
    at: 'kt-bvdkkv-ngoc-hoi',
    role: 'unit_admin',
    title: 'chuyên viên',
    degree: 'Cử nhân quản lý bệnh viện',
    specialties: [],
  },
  officer: {
    name: "Siu H'Tiên",
    sex: 'female',
    born: '1983-02-14',
    ethnicity: giaRai,
    username: 'officer.syt',
    at: 'qng-syt',
    role: 'department_officer',
    title: 'chuyên viên',
    degree: 'Thạc sĩ y tế công cộng',
    specialties: [],
    earlierPractitionerRole: { facilityKey: 'kt-syt', until: '2025-07-01' },
  },
  foreignNurse: {
    name: 'Võ Thị Thanh',
    sex: 'female',
    born: '1991-10-05',
    ethnicity: kinh,
    username: 'nurse.hoaihai',
    at: 'bd-tyt-hoai-hai',
    role: 'station_nurse',
    title: 'điều dưỡng',
    degree: 'Cao đẳng điều dưỡng',
    specialties: ['general'],
  },
  systemAdmin: {
    name: 'Đặng Quốc Bảo',
    sex: 'male',
    born: '1987-08-28',
    ethnicity: kinh,
    username: 'system.admin',
    at: 'vn',
    role: 'system_admin',
    title: 'kỹ sư',
    degree: 'Kỹ sư công nghệ thông tin',
    specialties: [],
  },
}

const treats: ReadonlySet<DemoRole> = new Set<DemoRole>(['station_nurse', 'station_doctor', 'specialist', 'duty_lead'])

function castStaffOf(castKey: StaffCastKey, facts: StaffFacts, index: number): CastStaff {
  return {
    castKey,
    ...person(`cast/${castKey}`, facts.name, {
      sex: facts.sex,
      birthDate: facts.born,
      ethnicityCode: facts.ethnicity,
      phone: demoPhone(0, 10 + index),
    }),
    username: facts.username,
    facilityKey: facts.at,
    role: facts.role,
    title: facts.title,
    degree: facts.degree,
    specialties: facts.specialties,
    licence: treats.has(facts.role) ? demoLicence(facts.at, 0, 1 + index) : null,
    earlierPractitionerRole: facts.earlierPractitionerRole ?? null,
  }
}

/** The staff of the cast. */
export const castStaff: readonly CastStaff[] = (Object.keys(staffFacts) as StaffCastKey[]).map((key, index) =>
  castStaffOf(key, staffFacts[key], index),
)

/** One member of staff of the cast. */
export function castStaffMember(key: StaffCastKey): CastStaff {
  return castStaffOf(key, staffFacts[key], Object.keys(staffFacts).indexOf(key))
}
