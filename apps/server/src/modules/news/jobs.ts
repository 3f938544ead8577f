import type { Platform } from '../../platform/module.ts'
import { showNews, tellOnFirstDay } from './actions/notify-screens.ts'

export function newsJobs({ jobs }: Platform): void {
  jobs.on(showNews, (work, { newsId }) => tellOnFirstDay(work, newsId))
}
