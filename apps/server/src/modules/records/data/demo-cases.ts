import type { VitalSignCode } from '@moinha/contracts/vital-signs'
import type { Disposition, RemoteMode } from '../store/tables.ts'

/** An invented case of everyday primary care for the demo; codes of icd10-common.csv. */
export interface DemoCase {
  /** Whom it can happen to. */
  fits: 'anyone' | 'adult' | 'mother'
  remoteMode: RemoteMode
  disposition: Disposition
  code: string
  name: string
  complaint: string
  findings: string
  conclusion: string
  advice: string
  returnDays: number | null
  /** Bounds between which a value is drawn. */
  measured: Partial<Record<VitalSignCode, readonly [low: number, high: number]>>
}

const calm = { '8867-4': [66, 88], '8310-5': [36.4, 37.1] } as const

export const cases: readonly [DemoCase, ...DemoCase[]] = [
  {
    fits: 'adult',
    remoteMode: 'DIRECT_TO_PATIENT',
    disposition: 'treatment',
    code: 'I10',
    name: 'Tăng huyết áp nguyên phát',
    complaint: 'Đau đầu nhẹ buổi sáng, đến hẹn theo dõi huyết áp',
    findings: 'Tỉnh, không khó thở, không phù. Đo huyết áp tại nhà đều.',
    conclusion: 'Tăng huyết áp, đang kiểm soát được.',
    advice: 'Ăn nhạt, đi bộ mỗi ngày 30 phút, uống thuốc đều mỗi sáng, ghi huyết áp vào sổ.',
    returnDays: 28,
    measured: { '8480-6': [126, 152], '8462-4': [76, 94], ...calm },
  },
  {
    fits: 'mother',
    remoteMode: 'HEALTH_ADVICE',
    disposition: 'advice',
    code: 'Z34',
    name: 'Giám sát thai nghén bình thường',
    complaint: 'Hỏi về dinh dưỡng và lịch khám thai',
    findings: 'Thai máy tốt, không đau bụng, không ra máu.',
    conclusion: 'Thai tiến triển bình thường.',
    advice: 'Uống sắt và axit folic hằng ngày; đến trạm ngay khi ra máu, đau bụng, nhức đầu hoặc mờ mắt.',
    returnDays: 28,
    measured: { '8480-6': [100, 122], '8462-4': [62, 78], '29463-7': [46, 66] },
  },
  {
    fits: 'anyone',
    remoteMode: 'DIRECT_TO_PATIENT',
    disposition: 'treatment',
    code: 'J00',
    name: 'Viêm mũi họng cấp',
    complaint: 'Sổ mũi, đau họng hai ngày',
    findings: 'Họng đỏ nhẹ qua hình ảnh, không khó thở, ăn uống được.',
    conclusion: 'Viêm mũi họng cấp, chưa có dấu hiệu nặng.',
    advice: 'Uống nước ấm, rửa mũi bằng nước muối sinh lý. Sốt trên 38,5 °C hoặc khó thở thì đến trạm ngay.',
    returnDays: null,
    measured: { '8310-5': [36.8, 38.2], '9279-1': [16, 22] },
  },
  {
    fits: 'adult',
    remoteMode: 'IN_PERSON',
    disposition: 'treatment',
    code: 'K29.7',
    name: 'Viêm dạ dày, không xác định',
    complaint: 'Đau vùng trên rốn sau ăn một tuần',
    findings: 'Bụng mềm, ấn đau nhẹ thượng vị, không phản ứng thành bụng.',
    conclusion: 'Theo dõi viêm dạ dày.',
    advice: 'Ăn đúng bữa, kiêng rượu bia và đồ chua cay. Đi ngoài phân đen thì đến bệnh viện ngay.',
    returnDays: 14,
    measured: { '8480-6': [108, 130], '8462-4': [66, 84], ...calm },
  },
  {
    fits: 'adult',
    remoteMode: 'DIRECT_TO_PATIENT',
    disposition: 'examination',
    code: 'E11.9',
    name: 'Đái tháo đường típ 2, không biến chứng',
    complaint: 'Hỏi kết quả đường huyết tại nhà',
    findings: 'Không khát nhiều, không sút cân, bàn chân không có vết loét.',
    conclusion: 'Đái tháo đường típ 2, đường huyết ổn định.',
    advice: 'Giảm cơm trắng và nước ngọt, kiểm tra bàn chân mỗi tối, thử đường huyết hai lần mỗi tuần.',
    returnDays: 28,
    measured: { '15074-8': [5.8, 9.6], '29463-7': [48, 72] },
  },
  {
    fits: 'adult',
    remoteMode: 'HEALTH_ADVICE',
    disposition: 'advice',
    code: 'Z71.9',
    name: 'Tư vấn, không xác định',
    complaint: 'Hỏi cách chăm sóc trẻ biếng ăn và lịch tiêm chủng',
    findings: 'Trẻ tỉnh táo, chơi bình thường.',
    conclusion: 'Tư vấn dinh dưỡng và lịch tiêm chủng.',
    advice: 'Chia nhỏ bữa, thêm dầu ăn và trứng; đưa trẻ đến trạm đúng ngày tiêm.',
    returnDays: null,
    measured: {},
  },
  {
    fits: 'adult',
    remoteMode: 'TELECONSULT',
    disposition: 'examination',
    code: 'R07.4',
    name: 'Đau ngực, không xác định',
    complaint: 'Tức ngực khi gắng sức ba ngày',
    findings: 'Tim đều, phổi trong, không phù. Đã xin ý kiến tuyến trên qua hình ảnh.',
    conclusion: 'Đau ngực không điển hình, chưa có dấu hiệu cấp cứu.',
    advice: 'Nghỉ ngơi, không làm việc nặng; đau ngực kéo dài quá 15 phút thì gọi 115.',
    returnDays: 7,
    measured: { '8480-6': [112, 146], '8462-4': [70, 90], '59408-5': [95, 99], ...calm },
  },
  {
    fits: 'adult',
    remoteMode: 'DIRECT_TO_PATIENT',
    disposition: 'treatment',
    code: 'M54.5',
    name: 'Đau thắt lưng',
    complaint: 'Đau lưng sau khi gùi nặng',
    findings: 'Đau không lan, đi lại được, không tê chân.',
    conclusion: 'Đau thắt lưng cơ học.',
    advice: 'Chườm ấm, tránh mang vác nặng một tuần; tê yếu chân thì đến trạm ngay.',
    returnDays: null,
    measured: {},
  },
]
