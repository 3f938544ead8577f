import { systemActor } from '../../platform/access/actor.ts'
import {
  activityKinds,
  countedSubjects,
  recountOn,
  type ExpectedActivity,
} from '../../platform/activities/activities.ts'
import { auditSubjects } from '../../platform/audit/subjects.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { careReasons, documentKinds } from '../records/index.ts'
import { RevisitContent, TransferContent } from './domain/slip-content.ts'
import { revisitSheet, transferSheet } from './domain/slip-sheet.ts'
import { slipChanged } from './events.ts'
import { ofSlips } from './store/audit-subjects.ts'
import { judgeSlips } from './store/slip-care.ts'
import { findSlip } from './store/slips.ts'

const numberOf = ({ number }: Readonly<Record<string, unknown>>): string | null =>
  typeof number === 'string' ? number : null

/** A transfer counts from its issue on; one taken back counts no more. */
async function activitiesOf(work: Work, id: string): Promise<ExpectedActivity[]> {
  const slip = await asSystem(work, systemActor, ({ tx }) => findSlip(tx, id))
  if (!slip || slip.kind !== 'transfer' || slip.state === 'cancelled') return []
  return [
    {
      kind: 'transfer',
      at: slip.issued_at,
      facilityId: slip.facility_id,
      practitionerId: slip.issued_by,
      patientId: slip.patient_id,
    },
  ]
}

/** What this module brings to the registries of the house. */
export const referralsDeclares: Declaration[] = [
  ...declare(
    documentKinds,
    {
      code: 'transfer_slip',
      names: { vi: 'Phiếu chuyển cơ sở khám bệnh, chữa bệnh', en: 'Transfer slip' },
      check: (content) => void TransferContent.parse(content),
      sheetOf: transferSheet,
      numberOf,
    },
    {
      code: 'revisit_slip',
      names: { vi: 'Phiếu hẹn khám lại', en: 'Slip to come again' },
      check: (content) => void RevisitContent.parse(content),
      sheetOf: revisitSheet,
      numberOf,
      paper: 'a5',
    },
  ),
  ...declare(careReasons, {
    code: 'referral',
    names: { vi: 'Được chuyển đến', en: 'Sent here' },
    keepsParticulars: true,
    subject: {
      judge: judgeSlips,
      lapsesAfterDays: 180,
      source: 'house rule: who arrived and of whom nothing was told for so long is no longer treated',
    },
    grace: [
      {
        cause: 'done',
        hours: 168,
        source: 'house rule: a week for questions after what became of the patient was told',
      },
    ],
  }),
  ...declare(activityKinds, {
    code: 'transfer',
    names: { vi: 'Chuyển cơ sở khám bệnh, chữa bệnh', en: 'Sent to another facility' },
  }),
  ...declare(countedSubjects, {
    code: 'referral',
    activitiesOf,
    recountOn: [
      recountOn(slipChanged, ({ slipId }) => slipId, {
        vi: 'phiếu chuyển được lập hoặc thu hồi',
        en: 'the transfer slip was issued or taken back',
      }),
    ],
  }),
  ...declare(auditSubjects, { code: 'referral', paths: ['/api/referrals/:id'], find: ofSlips }),
]
