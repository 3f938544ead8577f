import type { Formula } from '../domain/formula.ts'

export interface FormData {
  key: string
  nameVi: string
  nameEn: string
  source: string
  period: 'quarter'
  dueBeforeDay: number
  validFrom: string
  rows: {
    no: string
    labelVi: string
    labelEn: string
    unitText: string
    reportingUnit: string
    formula: Formula
    note?: string
    pending?: true
  }[]
}

const remoteCare = ['health_advice', 'remote_exam', 'consult', 'consult_answer'] as const
const stations = ['commune_station', 'regional_clinic']
const hospitals = ['provincial_hospital', 'regional_hospital', 'specialty_hospital']
const centres = 'Trung tâm Y tế các huyện, thành phố'
const performers = 'Đơn vị thực hiện KCB từ xa'
const communes = 'TYT xã, phường, thị trấn'

/**
 * The annex "Chỉ số chính" of the plan of Sở Y tế Kon Tum, April 2024, as printed: row 2 stands again as row 3 and
 * there is no row 8. Loaded once as editable data; the ledger's formulas are ours and noted where the paper leaves a
 * question.
 */
export const konTumAnnex: FormData = {
  key: 'kon-tum-annex-2024',
  nameVi: 'Chỉ số chính để theo dõi, đánh giá việc thực hiện kế hoạch khám chữa bệnh từ xa',
  nameEn: 'Main indicators of the remote care plan',
  source: 'Kế hoạch của Sở Y tế Kon Tum, tháng 4/2024, phụ lục',
  period: 'quarter',
  dueBeforeDay: 7,
  validFrom: '2024-05-16',
  rows: [
    {
      no: '1',
      labelVi: 'Số trạm y tế triển khai tư vấn, KCB từ xa',
      labelEn: 'Stations giving remote advice or care',
      unitText: 'Trạm',
      reportingUnit: 'TTYT các huyện, TP',
      formula: {
        type: 'distinct',
        of: 'facility',
        filter: { kinds: ['health_advice', 'remote_exam', 'consult'], facilityTypes: ['commune_station'] },
      },
      note: 'Tính trạm có ít nhất một lượt trong kỳ.',
    },
    {
      no: '2',
      labelVi: 'Số bác sĩ tham gia tư vấn, KCB từ xa',
      labelEn: 'Doctors taking part',
      unitText: 'Người',
      reportingUnit: 'Cơ sở KCB',
      formula: { type: 'distinct', of: 'practitioner', filter: { kinds: [...remoteCare], qualifications: ['doctor'] } },
    },
    {
      no: '3',
      labelVi: 'Số bác sĩ tham gia tư vấn, KCB từ xa',
      labelEn: 'Doctors taking part (printed twice in the source)',
      unitText: 'Người',
      reportingUnit: 'Cơ sở KCB',
      formula: {
        type: 'distinct',
        of: 'practitioner',
        filter: { kinds: [...remoteCare], exceptQualifications: ['doctor'] },
      },
      pending: true,
      note: 'Bản in lặp lại dòng 2. Tạm hiểu là nhân viên không phải bác sĩ (y sĩ, điều dưỡng…); cần Sở Y tế xác nhận.',
    },
    {
      no: '4',
      labelVi: 'Số lượt tư vấn sức khỏe từ xa',
      labelEn: 'Remote health advice, turns',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'sum', rows: ['4.1', '4.2'] },
    },
    {
      no: '4.1',
      labelVi: 'Số lượt tư vấn sức khỏe từ xa do đơn vị (Trạm, PKĐKKV) tự thực hiện',
      labelEn: '… by the unit itself',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'count', filter: { kinds: ['health_advice'], selfPerformed: true, facilityTypes: stations } },
    },
    {
      no: '4.2',
      labelVi: 'Số lượt tư vấn sức khỏe từ xa chuyển tuyến trên để tư vấn từ xa',
      labelEn: '… sent to the upper level',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'count', filter: { kinds: ['health_advice'], selfPerformed: false, facilityTypes: stations } },
    },
    {
      no: '5',
      labelVi: 'Số lượt khám từ xa, kê đơn thuốc điện tử',
      labelEn: 'Remote examinations, turns',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'sum', rows: ['5.1', '5.2'] },
    },
    {
      no: '5.1',
      labelVi: 'Số lượt KCB từ xa do Trạm, PKĐKKV tự thực hiện',
      labelEn: '… by the unit itself',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'count', filter: { kinds: ['remote_exam'], selfPerformed: true, facilityTypes: stations } },
    },
    {
      no: '5.2',
      labelVi: 'Số lượt KCB từ xa chuyển tuyến trên để KCB từ xa',
      labelEn: '… sent to the upper level',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'count', filter: { kinds: ['remote_exam'], selfPerformed: false, facilityTypes: stations } },
    },
    {
      no: '6',
      labelVi: 'Số lượt tư vấn sức khỏe từ xa/dân số',
      labelEn: 'Remote advice per inhabitant',
      unitText: 'Lượt',
      reportingUnit: communes,
      formula: { type: 'per_population', filter: { kinds: ['health_advice'], facilityTypes: stations } },
    },
    {
      no: '7',
      labelVi: 'Số lượt khám chữa bệnh từ xa/dân số',
      labelEn: 'Remote examinations per inhabitant',
      unitText: 'Lượt',
      reportingUnit: communes,
      formula: { type: 'per_population', filter: { kinds: ['remote_exam'], facilityTypes: stations } },
    },
    {
      no: '9',
      labelVi: 'Số lượt người dân từ 16 tuổi trở lên được hướng dẫn, hỗ trợ cài đặt phần mềm',
      labelEn: 'People of 16 and older helped to install the app',
      unitText: 'Lượt',
      reportingUnit: performers,
      formula: { type: 'count', filter: { kinds: ['install_help'] } },
      note: 'Bản in không có dòng 8.',
    },
    {
      no: '10',
      labelVi: 'Số lượt hội chẩn từ xa với Bệnh viện tuyến trên',
      labelEn: 'Remote consults with an upper-level hospital',
      unitText: 'Lượt',
      reportingUnit: centres,
      formula: { type: 'count', filter: { kinds: ['consult'], counterpartTypes: [...hospitals] } },
      note: 'Tính lượt đơn vị và các đơn vị trực thuộc xin hội chẩn với bệnh viện, khi biên bản đã ký đủ.',
    },
    {
      no: '11',
      labelVi: 'Số lượt hội chẩn từ xa với cơ sở tuyến xã',
      labelEn: 'Remote consults with commune-level units',
      unitText: 'Lượt',
      reportingUnit: centres,
      formula: { type: 'count', filter: { kinds: ['consult_answer'], counterpartTypes: stations } },
      note: 'Tính lượt đơn vị và các đơn vị trực thuộc trả lời cơ sở tuyến xã, khi biên bản đã ký đủ.',
    },
  ],
}
