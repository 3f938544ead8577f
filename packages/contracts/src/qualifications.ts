import { z } from 'zod'

// Our own codes: the Ministry publishes the titles by name only (domain notes on codes, §4, give no code list).
// The titles that need a licence: Luật Khám bệnh, chữa bệnh 15/2023/QH15, điều 26 khoản 1; the pharmacist: Luật Dược
// 105/2016/QH13, điều 11.
export const qualifications = {
  doctor: { vi: 'Bác sĩ', en: 'Doctor' },
  'assistant-doctor': { vi: 'Y sĩ', en: 'Assistant doctor' },
  nurse: { vi: 'Điều dưỡng', en: 'Nurse' },
  midwife: { vi: 'Hộ sinh', en: 'Midwife' },
  'medical-technician': { vi: 'Kỹ thuật y', en: 'Medical technician' },
  'clinical-nutritionist': { vi: 'Dinh dưỡng lâm sàng', en: 'Clinical nutritionist' },
  paramedic: { vi: 'Cấp cứu viên ngoại viện', en: 'Paramedic' },
  'clinical-psychologist': { vi: 'Tâm lý lâm sàng', en: 'Clinical psychologist' },
  'traditional-practitioner': { vi: 'Lương y', en: 'Traditional practitioner' },
  pharmacist: { vi: 'Dược sĩ', en: 'Pharmacist' },
  other: { vi: 'Chức danh khác', en: 'Other' },
} as const

export type QualificationCode = keyof typeof qualifications
export const QualificationCode = z.enum(Object.keys(qualifications) as [QualificationCode, ...QualificationCode[]])

/**
 * What somebody is qualified as (FHIR `Practitioner.qualification.code`): the code decides and counts, `display` is
 * only shown.
 */
export const Qualification = z.object({ system: z.string(), code: QualificationCode, display: z.string() })
export type Qualification = z.infer<typeof Qualification>
