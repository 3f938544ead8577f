import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Work } from '../../../platform/db/work.ts'
import { ownId } from '../policy.ts'
import { markSeen, noticePage } from '../store/account-notices.ts'

/** What was done to one's account, or to those of a unit whose staff one manages; newest first. */
export async function accountNotices(work: Work, page: { after?: string | undefined; limit: number }) {
  return noticePage(work.tx, ownId(work), page)
}

/** Marks one as seen; seen twice is seen. */
export async function seeAccountNotice(work: Work, id: string) {
  if (!(await markSeen(work.tx, ownId(work), id, work.now))) throw platformErrors.NOT_FOUND()
  return { done: true as const }
}
