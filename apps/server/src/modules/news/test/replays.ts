import * as contract from '@moinha/contracts/news'
import type { Replays } from '../../../platform/testing/replays.ts'

export const replays: Replays = {
  'news.markRead': {
    as: 'lan',
    // its reader read a newer text at another device
    moveOn: (bed, input) =>
      bed.owner.query('update news.read_mark set version = version + 1 where message_id = $1', [
        (input?.params as { id: string }).id,
      ]),
  },
  'news.giveHelp': {
    as: 'nurse',
    // noted by mistake: it stays taken back
    moveOn: async (bed, input) =>
      (await bed.as('nurse')).call(contract.takeHelpBack, { params: { id: (input?.body as { id: string }).id } }),
  },
}
