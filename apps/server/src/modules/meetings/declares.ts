import { DocumentPlace } from '@moinha/contracts/meetings'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { documentTypes, pictureTypes } from '../../platform/files/media-types.ts'
import { uploadPurposes } from '../../platform/files/upload-purposes.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { keepDocument, requireRoomForDocument } from './actions/meeting-documents.ts'
import { meetingActivities } from './actions/standing-facts.ts'
import { attendanceCorrected, meetingEnded } from './events.ts'

/** Slides with pictures; a station on 3G opens them too. */
const maxDocumentBytes = 50_000_000

const meetingIdOf = ({ meetingId }: { meetingId: string }): string => meetingId

/** What this module brings to the registries of the house. */
export const meetingsDeclares: Declaration[] = [
  ...declare(
    activityKinds,
    { code: 'briefing_held', names: { vi: 'Tổ chức giao ban', en: 'Briefing held' } },
    { code: 'briefing_attended', names: { vi: 'Dự giao ban', en: 'Briefing attended' } },
    {
      code: 'professional_session_held',
      names: { vi: 'Tổ chức sinh hoạt chuyên môn', en: 'Professional session held' },
    },
    {
      code: 'professional_session_attended',
      names: { vi: 'Dự sinh hoạt chuyên môn', en: 'Professional session attended' },
    },
    { code: 'training_held', names: { vi: 'Tổ chức tập huấn', en: 'Training held' } },
    { code: 'training_attended', names: { vi: 'Dự tập huấn', en: 'Training attended' } },
  ),
  ...declare(uploadPurposes, {
    code: 'meeting_document',
    mediaTypes: [...documentTypes, ...pictureTypes],
    maxBytes: maxDocumentBytes,
    detail: DocumentPlace,
    mayUpload: requireRoomForDocument,
    onComplete: keepDocument,
  }),
  ...declare(countedSubjects, {
    code: 'meeting',
    activitiesOf: meetingActivities,
    recountOn: [
      recountOn(meetingEnded, meetingIdOf, { vi: 'buổi họp đã kết thúc', en: 'the meeting ended' }),
      recountOn(attendanceCorrected, meetingIdOf, {
        vi: 'điểm danh của buổi họp được sửa',
        en: 'the attendance of the meeting was corrected',
      }),
    ],
  }),
]
