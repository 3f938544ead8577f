import * as contract from '@moinha/contracts/programmes'
import type { Replays } from '../../../platform/testing/replays.ts'

const idIn = (input: { params?: object } | undefined): string => (input?.params as { id: string }).id

export const replays: Replays = {
  'programmes.enrol': {
    as: 'nurse',
    // ended meanwhile: what waited in an outbox does not begin it anew
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.endEnrolment, {
        params: { id: (input?.body as { id: string }).id },
        body: { reason: 'mistake', note: '' },
      }),
  },
  'programmes.keepOutside': {
    as: 'nurse',
    // taken back as a mistake: it stays so
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.takeOutsideBack, {
        params: { id: idIn(input), visitId: (input?.body as { id: string }).id },
      }),
  },
  'programmes.noteCall': {
    as: 'nurse',
    // the patient was reached and is followed no more
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.endEnrolment, {
        params: { id: idIn(input) },
        body: { reason: 'moved_away', note: '' },
      }),
    refused: 'ENROLMENT_ENDED',
  },
}
