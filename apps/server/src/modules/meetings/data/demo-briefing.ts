/** A weekly briefing of the demo; all people, figures and decisions are made up. */
export const demoBriefing = {
  organiserKey: 'kt-bvdkkv-ngoc-hoi',
  title: 'Giao ban tuần với các trạm',
  description: 'Mỗi trạm báo cáo 3 phút: số lượt khám, ca bệnh cần hỏi ý kiến, tiêm chủng trong tuần.',
  agenda: [
    { key: 'report', title: 'Báo cáo của các trạm', minutes: 20, presenter: 'Các trạm' },
    { key: 'vaccination', title: 'Tiêm chủng mở rộng tháng này', minutes: 15, presenter: 'Trạm Y tế xã Pờ Y' },
    {
      key: 'remote',
      title: 'Khám, tư vấn từ xa: khó khăn trong tuần',
      minutes: 15,
      presenter: 'Phòng Kế hoạch tổng hợp',
    },
  ],
  // ≥ 12 online briefings from 02 to 12/2023; source: plan of the health centre of Hoài Nhơn 2023, grade D
  plan: { briefings: 12, source: 'Kế hoạch TTYT thị xã Hoài Nhơn 2023: ít nhất 12 buổi, 02–12/2023' },
  /** How each station came to the past one; minutes after the start. */
  stations: [
    { key: 'kt-tyt-po-y', joinedAfter: -3, leftAfter: 52, heads: 5 },
    { key: 'kt-tyt-dak-mon', joinedAfter: 14, leftAfter: 52, heads: 3 },
    { key: 'kt-tyt-sa-nghia', joinedAfter: null, leftAfter: null, heads: null },
  ],
  minutes: {
    items: [
      { key: 'report', text: 'Pờ Y: 96 lượt khám, 4 ca hỏi tuyến trên. Đăk Môn: 71 lượt khám, 2 ca hỏi tuyến trên.' },
      { key: 'vaccination', text: 'Còn 11 trẻ chưa tiêm đủ mũi do đi rẫy xa. Hẹn tiêm vét vào ngày chợ phiên.' },
      { key: 'remote', text: 'Mạng yếu vào buổi chiều; khi hình không rõ thì tắt hình, giữ tiếng.' },
    ],
    decisions: [
      'Tiêm vét vào thứ Bảy tuần thứ hai của tháng.',
      'Trạm đặt lịch hội chẩn trước 9 giờ sáng nếu không gấp.',
    ],
    actions: [
      { key: 'list', what: 'Gửi danh sách trẻ chưa tiêm đủ mũi', stationKey: 'kt-tyt-po-y', dueInDays: 3 },
      { key: 'line', what: 'Đo lại tốc độ mạng buổi chiều và báo kết quả', stationKey: 'kt-tyt-dak-mon', dueInDays: 7 },
    ],
  },
} as const
