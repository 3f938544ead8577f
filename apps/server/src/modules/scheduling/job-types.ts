import { defineJob } from '../../platform/jobs/add-job.ts'

/** A time became free: offer it to the first who waits for it. */
export const offerFreedSlot = defineJob<{ facilityId: string; practitionerId: string; start: string }>(
  'scheduling.offerFreedSlot',
  { vi: 'Mời người chờ nhận giờ trống', en: 'Offer a freed time to who waits' },
)

/** The hold of an offer is over. */
export const endOffer = defineJob<{ entryId: string; appointmentId: string }>('scheduling.endOffer', {
  vi: 'Hết hạn giờ đang giữ cho người chờ',
  en: 'End an offered time',
})

/** Once a day: who waited for days that are over waits no more. */
export const closeWaitlist = defineJob<Record<string, never>>('scheduling.closeWaitlist', {
  vi: 'Đóng danh sách chờ của ngày đã qua',
  en: 'Close waits for past days',
})
