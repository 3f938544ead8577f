import { auditSubjects } from '../../platform/audit/subjects.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { careReasons } from '../records/index.ts'
import { ofEnrolments } from './store/audit-subjects.ts'
import { judgeEnrolments } from './store/enrolment-care.ts'

/** What this module brings to the registries of the house. */
export const programmeDeclares: Declaration[] = [
  ...declare(careReasons, {
    code: 'programme',
    names: { vi: 'Theo dõi định kỳ', en: 'Regular follow-up' },
    keepsParticulars: true,
    subject: {
      judge: judgeEnrolments,
      lapsesAfterDays: 400,
      source: 'house rule: follow-up ends when somebody ends it, or by the last day of the programme',
    },
  }),
  ...declare(auditSubjects, {
    code: 'programme_enrolment',
    paths: ['/api/programme-enrolments/:id'],
    find: ofEnrolments,
  }),
]
