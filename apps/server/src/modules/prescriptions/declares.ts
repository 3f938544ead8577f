import { RxContent } from '@moinha/contracts/prescriptions'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { auditSubjects } from '../../platform/audit/subjects.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { documentKinds, encounterFinished } from '../records/index.ts'
import { prescribedActivities } from './actions/prescribed-encounter.ts'
import { prescriptionSheet } from './domain/prescription-sheet.ts'
import { prescriptionIssued, prescriptionReplaced, prescriptionWithdrawn } from './events.ts'
import { ofPrescriptions } from './store/audit-subjects.ts'

const encounterIdOf = ({ encounterId }: { encounterId: string }): string => encounterId

/** What this module brings to the registries of the house. */
export const prescriptionsDeclares: Declaration[] = [
  ...declare(documentKinds, {
    code: 'prescription',
    names: { vi: 'Đơn thuốc', en: 'Prescription' },
    check: (content) => void RxContent.loose().parse(content),
    sheetOf: prescriptionSheet,
    paper: 'a5',
    numberOf: ({ code }) => (typeof code === 'string' ? code : null),
  }),
  ...declare(activityKinds, {
    code: 'remote_prescription',
    names: { vi: 'Khám từ xa có kê đơn điện tử', en: 'Remote examination with an electronic prescription' },
  }),
  ...declare(countedSubjects, {
    code: 'prescribed_encounter',
    activitiesOf: prescribedActivities,
    recountOn: [
      recountOn(encounterFinished, encounterIdOf, { vi: 'lượt khám kết thúc', en: 'the visit was finished' }),
      recountOn(prescriptionIssued, encounterIdOf, {
        vi: 'đơn thuốc đã được hệ thống quốc gia ghi nhận',
        en: 'the prescription was acknowledged by the national system',
      }),
      recountOn(prescriptionWithdrawn, encounterIdOf, {
        vi: 'đơn thuốc được thu hồi',
        en: 'the prescription was withdrawn',
      }),
      recountOn(prescriptionReplaced, encounterIdOf, {
        vi: 'đơn thuốc được thay thế',
        en: 'the prescription was replaced',
      }),
    ],
  }),
  ...declare(auditSubjects, { code: 'prescription', paths: ['/api/prescriptions/:id'], find: ofPrescriptions }),
]
