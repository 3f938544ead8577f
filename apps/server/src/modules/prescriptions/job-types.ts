import { defineJob } from '../../platform/jobs/add-job.ts'

/** Sends whatever is due to the national system. */
export const sendPrescriptionsJob = defineJob<Record<string, never>>('prescriptions.send', {
  vi: 'Gửi đơn thuốc lên Hệ thống đơn thuốc quốc gia',
  en: 'Send prescriptions to the national system',
})
