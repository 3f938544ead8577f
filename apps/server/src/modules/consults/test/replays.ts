import * as contract from '@moinha/contracts/consults'
import type { CallInput as InputOf } from '@moinha/contracts/route'
import type { MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { Replays } from '../../../platform/testing/replays.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { caseIn, content, minutesIn, own } from './matrix.ts'

/** A draft of the doctor that may be laid before both ends. */
async function completeDraft(bed: TestBed): Promise<MatrixInput> {
  const params = await minutesIn(bed, own, await caseIn(bed, own, 'in_session'), 'draft')
  const text = { course: 'Sốt', diagnosis: 'Cảm', treatment: 'Nghỉ', plan: 'Theo dõi', informedBy: 'Thử' }
  const times = { endedAt: '2026-11-22T08:30:00.000Z', informedAt: '2026-11-22T08:30:00.000Z' }
  await bed.owner.query('update consults.minutes set content = $2 where id = $1', [
    params.minutesId,
    JSON.stringify({ ...content(own), ...text, ...times }),
  ])
  return { params }
}

export const replays: Replays = {
  'consults.saveDraft': {
    as: 'nurse',
    // a colleague writes more into it
    moveOn: async (bed, input) => {
      const { params, body } = input as InputOf<typeof contract.saveDraft>
      const more = { ...body, history: 'Đồng nghiệp viết thêm', basedOn: 1 }
      return (await bed.as('stationDoctor')).call(contract.saveDraft, { params, body: more })
    },
    refused: 'CHANGED_MEANWHILE',
  },
  'consults.saveMinutes': {
    as: 'districtSpecialist',
    moveOn: (bed, input) =>
      bed.owner.query(
        `update consults.minutes set content_hash = repeat('0', 64), content = content || '{"course": "Viết thêm"}'
          where id = $1`,
        [(input?.params as { minutesId: string }).minutesId],
      ),
    refused: 'MINUTES_SAVED_MEANWHILE',
  },
  'consults.proposeMinutes': {
    as: 'districtSpecialist',
    input: completeDraft,
    // a later text took its place: the earlier one is not laid before both ends again
    moveOn: (bed, input) =>
      bed.owner.query(`update consults.minutes set state = 'superseded' where id = $1`, [
        (input?.params as { minutesId: string }).minutesId,
      ]),
    present: { minutes: null },
  },
}
