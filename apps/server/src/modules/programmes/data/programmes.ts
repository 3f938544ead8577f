import type { ProgrammeDefinition } from '@moinha/contracts/programmes'

const SYSTOLIC = '8480-6'
const DIASTOLIC = '8462-4'
const week = (weeks: number): number => weeks * 7

/** Windows lie between the visits, so that each visit kept counts once. */
const antenatalWeeks = [12, 20, 26, 30, 34, 36, 38, 40] as const

const antenatalContacts = antenatalWeeks.map((dueWeek, at) => {
  const [before, after] = [antenatalWeeks[at - 1], antenatalWeeks[at + 1]]
  return {
    code: `week_${dueWeek}`,
    names: { vi: `Khám thai tuần ${dueWeek}`, en: `Antenatal visit, week ${dueWeek}` },
    dueDay: week(dueWeek),
    fromDay: before === undefined ? 0 : Math.floor((week(before) + week(dueWeek)) / 2) + 1,
    untilDay: after === undefined ? week(42) : Math.floor((week(dueWeek) + week(after)) / 2),
  }
})

/**
 * The programmes an installation begins with. The visits of pregnancy are those of the WHO recommendations on antenatal
 * care (2016, table 2: eight contacts at 12, 20, 26, 30, 34, 36, 38 and 40 weeks). Of high blood pressure no source of
 * the project names an interval: a month, and two weeks where the last reading was 140/90 or more, is a working choice.
 */
export const shippedProgrammes: readonly { code: string; version: number; definition: ProgrammeDefinition }[] = [
  {
    code: 'antenatal',
    version: 1,
    definition: {
      names: { vi: 'Theo dõi thai kỳ', en: 'Antenatal care' },
      sex: 'female',
      booking: 'antenatal',
      schedule: {
        kind: 'fixed',
        anchor: { vi: 'Ngày đầu kỳ kinh cuối', en: 'First day of the last period' },
        anchorAtMostDaysAgo: week(43),
        contacts: antenatalContacts,
        endsOnDay: week(44),
      },
      counts: { diagnoses: ['Z34', 'Z35', 'O'], readings: [] },
      remindDays: 3,
      lateDays: 3,
      source: 'WHO recommendations on antenatal care for a positive pregnancy experience, 2016: eight contacts',
      certainty: 'S',
    },
  },
  {
    code: 'hypertension',
    version: 1,
    definition: {
      names: { vi: 'Theo dõi tăng huyết áp', en: 'Hypertension follow-up' },
      sex: null,
      booking: 'hypertension',
      schedule: {
        kind: 'recurring',
        names: { vi: 'Đo huyết áp, khám lại', en: 'Blood pressure check' },
        everyDays: 30,
        sooner: [
          { code: SYSTOLIC, atLeast: 140, everyDays: 14 },
          { code: DIASTOLIC, atLeast: 90, everyDays: 14 },
        ],
      },
      counts: { diagnoses: ['I10', 'I11', 'I12', 'I13', 'I15'], readings: [SYSTOLIC] },
      remindDays: 3,
      lateDays: 7,
      source: 'Working choice: to be set by whoever leads the programme',
      certainty: 'U',
    },
  },
]
