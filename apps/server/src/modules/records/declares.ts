import { auditSubjects } from '../../platform/audit/subjects.ts'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { encounterActivities } from './actions/finished-encounter.ts'
import { careReasons } from './care-reasons.ts'
import { documentKinds } from './document-kinds.ts'
import { SummaryContent, summarySheet } from './domain/record-summary.ts'
import { encounterCancelled, encounterCorrected, encounterFinished, upperLevelChanged } from './domain/events.ts'
import { ofDocuments, ofEncounters, ofFacts, ofOpenings, ofPatients } from './store/audit-subjects.ts'
import { judgeEncounters } from './store/encounter-care.ts'

const encounterReason = {
  code: 'encounter',
  names: { vi: 'Đã khám', en: 'Was seen' },
  keepsParticulars: true,
  subject: {
    judge: judgeEncounters,
    lapsesAfterDays: 180,
    source: 'house rule: an encounter nobody wrote into for this long no longer opens the record',
  },
  grace: [
    {
      cause: 'finished' as const,
      hours: 8760,
      source: 'house rule: a year for corrections, results and the next visit',
    },
    { cause: 'lapsed' as const, hours: 0, source: 'house rule' },
  ],
}

const encounterIdOf = ({ encounterId }: { encounterId: string }): string => encounterId

/** What this module brings to the registries of the house. */
export const recordsDeclares: Declaration[] = [
  ...declare(
    careReasons,
    { code: 'registered', names: { vi: 'Đăng ký tại đơn vị', en: 'Registered at the unit' }, keepsParticulars: true },
    encounterReason,
    { code: 'proxy', names: { vi: 'Người thân chăm sóc', en: 'Family carer' } },
    { code: 'break_glass', names: { vi: 'Mở khẩn cấp', en: 'Opened in an emergency' } },
  ),
  ...declare(documentKinds, {
    code: 'record_summary',
    names: { vi: 'Giấy tóm tắt hồ sơ bệnh án', en: 'Record summary' },
    check: (content) => void SummaryContent.parse(content),
    sheetOf: summarySheet,
  }),
  ...declare(
    activityKinds,
    { code: 'health_advice', names: { vi: 'Tư vấn sức khỏe', en: 'Health advice' } },
    { code: 'remote_exam', names: { vi: 'Khám từ xa', en: 'Remote examination' } },
  ),
  ...declare(countedSubjects, {
    code: 'encounter',
    activitiesOf: encounterActivities,
    recountOn: [
      recountOn(encounterFinished, encounterIdOf, { vi: 'lượt khám kết thúc', en: 'the visit was finished' }),
      recountOn(encounterCorrected, encounterIdOf, { vi: 'lượt khám được đính chính', en: 'the visit was corrected' }),
      recountOn(encounterCancelled, encounterIdOf, { vi: 'lượt khám bị hủy', en: 'the visit was cancelled' }),
      recountOn(upperLevelChanged, encounterIdOf, {
        vi: 'bác sĩ tuyến trên nhận hoặc thôi tham gia ca này',
        en: 'a doctor of the upper level took the case, or left it',
      }),
    ],
  }),
  ...declare(
    auditSubjects,
    { code: 'patient', find: ofPatients },
    { code: 'encounter', paths: ['/api/encounters/:id'], find: ofEncounters },
    { code: 'document', paths: ['/api/documents/:id'], find: ofDocuments },
    { code: 'fact', paths: ['/api/facts/:id'], find: ofFacts },
    {
      code: 'emergency_opening',
      paths: ['/api/emergency-openings/:id', '/api/emergency-notices/:id'],
      find: ofOpenings,
    },
  ),
]
