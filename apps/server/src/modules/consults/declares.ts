import { z } from 'zod'
import { auditSubjects } from '../../platform/audit/subjects.ts'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { visitReaders } from '../calls/index.ts'
import { careReasons, documentKinds } from '../records/index.ts'
import { signableKinds } from '../signatures/index.ts'
import { consultActivities } from './actions/signed-consult.ts'
import { signedMinutes } from './actions/signed-minutes.ts'
import { minutesSheet } from './domain/minutes-sheet.ts'
import { consultClosed, consultReturned, consultSigned } from './events.ts'
import { ofConsults } from './store/audit-subjects.ts'
import { hasCase, judgeConsults } from './store/consult-care.ts'
import { readsConsultOf } from './store/visit-reader.ts'

const consultIdOf = ({ consultId }: { consultId: string }): string => consultId

/** What must never be missing from filed minutes: whose, which case, and what was signed. */
const filedMinutes = z.looseObject({
  consultId: z.uuid(),
  number: z.string(),
  patient: z.object({ fullName: z.string() }),
  contentHash: z.string(),
  signatures: z.array(z.object({ name: z.string(), role: z.string(), signedAt: z.string() })).min(1),
})

/** What this module brings to the registries of the house. */
export const consultsDeclares: Declaration[] = [
  ...declare(documentKinds, {
    code: 'consult_minutes',
    names: { vi: 'Biên bản hội chẩn', en: 'Consultation minutes' },
    check: (content) => void filedMinutes.parse(content),
    sheetOf: minutesSheet,
    numberOf: ({ number }) => (typeof number === 'string' ? number : null),
  }),
  ...declare(careReasons, {
    code: 'consult',
    names: { vi: 'Hội chẩn', en: 'Consultation' },
    lentTo: hasCase,
    subject: {
      judge: judgeConsults,
      lapsesAfterDays: 60,
      source: 'house rule: a consult nobody moved for this long no longer opens the record',
    },
    grace: [
      {
        cause: 'signed',
        hours: 168,
        source: 'house rule: a week for questions and corrections after the minutes are signed',
      },
      { cause: 'session_cancelled', hours: 24, source: 'house rule: a day for who had begun' },
    ],
  }),
  ...declare(
    activityKinds,
    { code: 'consult', names: { vi: 'Xin hội chẩn', en: 'Consult asked' } },
    { code: 'consult_answer', names: { vi: 'Trả lời hội chẩn', en: 'Consult answered' } },
  ),
  ...declare(countedSubjects, {
    code: 'consult',
    activitiesOf: consultActivities,
    recountOn: [
      recountOn(consultSigned, consultIdOf, {
        vi: 'biên bản hội chẩn đã ký đủ',
        en: 'the consult’s minutes were signed by all',
      }),
      recountOn(consultReturned, consultIdOf, {
        vi: 'yêu cầu hội chẩn bị trả lại',
        en: 'the request for a consult was returned',
      }),
      recountOn(consultClosed, consultIdOf, { vi: 'ca hội chẩn đã khép lại', en: 'the consult was closed' }),
    ],
  }),
  ...declare(signableKinds, signedMinutes),
  ...declare(visitReaders, { code: 'consult', mayRead: readsConsultOf }),
  ...declare(
    auditSubjects,
    { code: 'consult', paths: ['/api/consults/:id'], find: ofConsults },
    // a consult's own visit carries its id
    { code: 'visit', find: ofConsults },
  ),
]
