/**
 * What the demo's past consults say, by the first letters of the diagnosis. Plain first-contact advice, not a
 * guideline.
 */
export interface DemoAnswer {
  readonly specialty: string
  readonly question: string
  readonly answer: string
  readonly treatment: string
}

const answers: Readonly<Record<string, DemoAnswer>> = {
  I10: {
    specialty: 'cardiology',
    question: 'Huyết áp chưa đạt mục tiêu, có cần đổi thuốc không?',
    answer: 'Giữ thuốc cũ, đo huyết áp tại nhà hai lần mỗi ngày rồi đánh giá lại sau một tuần.',
    treatment: 'Tiếp tục thuốc đang dùng, giảm muối',
  },
  R07: {
    specialty: 'cardiology',
    question: 'Đau ngực này có phải do tim không, có cần chuyển tuyến không?',
    answer: 'Ít nghĩ do mạch vành. Theo dõi tại trạm, chuyển tuyến nếu đau tăng, khó thở hoặc vã mồ hôi.',
    treatment: 'Nghỉ ngơi, giảm đau thông thường',
  },
  E11: {
    specialty: 'endocrinology',
    question: 'Đường huyết lúc đói còn cao, xử trí tiếp thế nào?',
    answer: 'Nhắc lại chế độ ăn, kiểm tra việc dùng thuốc, xét nghiệm lại sau hai tuần.',
    treatment: 'Tiếp tục thuốc đang dùng, ăn giảm tinh bột',
  },
  K29: {
    specialty: 'gastroenterology',
    question: 'Đau thượng vị kéo dài, có cần nội soi không?',
    answer: 'Điều trị hai tuần rồi đánh giá lại. Nội soi nếu sụt cân, nôn ra máu hoặc không đỡ.',
    treatment: 'Thuốc giảm tiết axit, ăn đúng bữa',
  },
  M54: {
    specialty: 'musculoskeletal',
    question: 'Đau lưng lan xuống chân, có dấu hiệu nguy hiểm không?',
    answer: 'Chưa thấy dấu hiệu nguy hiểm. Vận động nhẹ, khám lại nếu yếu chân hoặc rối loạn tiểu tiện.',
    treatment: 'Giảm đau, chườm ấm, vận động nhẹ',
  },
  Z34: {
    specialty: 'obstetrics',
    question: 'Thai phát triển có phù hợp với tuổi thai không?',
    answer: 'Phù hợp. Khám thai tiếp theo lịch, đến ngay nếu ra huyết hoặc đau bụng.',
    treatment: 'Bổ sung sắt, axit folic theo lịch',
  },
}

const general: DemoAnswer = {
  specialty: 'internal',
  question: 'Xin ý kiến về hướng theo dõi tại trạm.',
  answer: 'Theo dõi tại trạm, khám lại nếu triệu chứng nặng lên.',
  treatment: 'Điều trị triệu chứng',
}

/** The answer that fits a diagnosis. */
export const demoAnswer = (icd10: string): DemoAnswer => answers[icd10.slice(0, 3)] ?? general
