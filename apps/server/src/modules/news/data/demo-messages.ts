import type { Priority } from '@moinha/contracts/news'

export interface DemoMessage {
  key: string
  /** In whose name, to whom. */
  senderKey: string
  areaKey: string
  priority: Priority
  daysAgo: number
  showsDays: number | null
  titleVi: string
  bodyVi: string
  titleEn: string
  bodyEn: string
}

/**
 * Invented messages in the manner of a health department; general advice as given by the Ministry of Health to the
 * public.
 */
export const demoMessages: readonly DemoMessage[] = [
  {
    key: 'dengue',
    senderKey: 'qng-syt',
    areaKey: 'qng-syt',
    priority: 'urgent',
    daysAgo: 2,
    showsDays: 60,
    titleVi: 'Phòng bệnh sốt xuất huyết: mỗi tuần 10 phút diệt lăng quăng',
    bodyVi: `Mùa mưa, muỗi vằn sinh sôi nhanh. Muỗi đẻ trứng ở chỗ có nước đọng sạch quanh nhà, không phải ở rãnh bẩn.

Mỗi tuần một lần, cả nhà cùng làm: đậy kín lu, bể, chum nước; cọ rửa và thay nước bình hoa, máng nước; lật úp chai lọ, gáo dừa, lốp xe cũ; thả cá vào bể nước lớn. Ngủ màn cả ban ngày, mặc quần áo dài tay.

Sốt cao đột ngột, đau đầu, đau mỏi người: hãy nghỉ ngơi, uống nhiều nước và đến trạm y tế hoặc đặt lịch tư vấn từ xa. Hạ sốt chỉ dùng paracetamol theo hướng dẫn của nhân viên y tế. Không tự uống aspirin, ibuprofen.

Đi bệnh viện ngay khi có một trong các dấu hiệu: đau bụng nhiều, nôn nhiều, chảy máu chân răng hay máu cam, tiểu ít, tay chân lạnh, vật vã hoặc lừ đừ. Cấp cứu gọi 115.`,
    titleEn: 'Dengue: ten minutes a week against mosquito larvae',
    bodyEn: `In the rainy season mosquitoes breed in clean standing water around the house.

Once a week: cover water jars and tanks, change the water of vases, turn over bottles, coconut shells and old tyres, keep fish in large tanks. Sleep under a net, also by day.

Sudden high fever, headache, body aches: rest, drink a lot, see your station or book remote advice. Use only paracetamol as advised; no aspirin or ibuprofen.

Go to hospital at once with strong belly pain, much vomiting, bleeding gums or nose, little urine, cold hands and feet, restlessness or drowsiness. Emergency: 115.`,
  },
  {
    key: 'hypertension',
    senderKey: 'qng-syt',
    areaKey: 'qng-syt',
    priority: 'important',
    daysAgo: 9,
    showsDays: null,
    titleVi: 'Từ 40 tuổi, hãy đo huyết áp ít nhất mỗi năm một lần',
    bodyVi: `Tăng huyết áp thường không đau, không mệt, nhưng có thể gây đột quỵ. Chỉ đo mới biết. Đo ở trạm y tế mất vài phút.

Trước khi đo: ngồi nghỉ 5 phút, không hút thuốc, không uống cà phê trước đó 30 phút. Nếu số trên từ 140 hoặc số dưới từ 90 trở lên, hãy đo lại vào ngày khác và hỏi nhân viên trạm.

Ai đang uống thuốc huyết áp: uống đều mỗi ngày, không tự bỏ thuốc khi thấy khỏe. Sắp hết thuốc, đặt lịch tái khám trên Mọi Nhà để khỏi chờ.

Ăn bớt mặn, bớt rượu bia, đi bộ mỗi ngày. Đột ngột méo miệng, yếu một bên tay chân, nói khó: gọi 115 ngay.`,
    titleEn: 'From the age of 40, measure your blood pressure at least once a year',
    bodyEn: `High blood pressure rarely hurts but can cause a stroke. Measuring at the station takes minutes.

Sit five minutes first; no tobacco or coffee for half an hour. If the upper number is 140 or more, or the lower 90 or more, measure again another day and ask your station.

If you take tablets: every day, also when you feel well. Book your next visit before they run out.

Less salt, less alcohol, a daily walk. A drooping face, a weak arm or leg, slurred speech: call 115 at once.`,
  },
  {
    key: 'antenatal',
    senderKey: 'kt-cdc',
    areaKey: 'kt-bvdkkv-ngoc-hoi',
    priority: 'normal',
    daysAgo: 16,
    showsDays: null,
    titleVi: 'Mang thai: khám thai ít nhất 4 lần, bắt đầu trong 3 tháng đầu',
    bodyVi: `Khám sớm để biết mẹ và con đều khỏe, để được tiêm uốn ván và nhận viên sắt.

Bốn lần khám tối thiểu: một lần trong 3 tháng đầu, một lần trong 3 tháng giữa, hai lần trong 3 tháng cuối. Khám ở trạm y tế; khi cần, bác sĩ bệnh viện cùng khám qua video.

Mang theo sổ theo dõi sức khỏe bà mẹ và trẻ em, thẻ bảo hiểm y tế.

Đến cơ sở y tế ngay khi ra máu, đau bụng, ra nước ối, phù mặt tay, đau đầu nhìn mờ, sốt, hoặc thai đạp ít đi. Nên sinh con tại cơ sở y tế.`,
    titleEn: 'Expecting a child: at least four check-ups, the first within three months',
    bodyEn: `Early check-ups show that mother and child are well, and bring the tetanus shot and iron tablets.

At least four: one in the first three months, one in the middle three, two in the last three. At your station; when needed a hospital doctor joins by video.

Bring the mother and child health book and the insurance card.

Come at once with bleeding, belly pain, leaking water, swelling of face and hands, headache with blurred sight, fever, or when the child moves less. Give birth at a health facility.`,
  },
  {
    key: 'how-to',
    senderKey: 'kt-bvdkkv-ngoc-hoi',
    areaKey: 'kt-tyt-po-y',
    priority: 'normal',
    daysAgo: 24,
    showsDays: null,
    titleVi: 'Cách đặt lịch và gặp người khám qua Mọi Nhà',
    bodyVi: `Bước 1. Mở Mọi Nhà trên điện thoại, đăng nhập bằng số điện thoại của bạn. Chưa quen? Cán bộ trạm sẽ chỉ từng bước, không mất tiền.

Bước 2. Bấm “Đặt khám”, chọn người khám và giờ còn trống. Bạn có thể đặt thay cha mẹ, con nhỏ.

Bước 3. Đến giờ, mở lịch hẹn và bấm “Vào khám”. Ngồi chỗ sáng, yên tĩnh. Mất mạng thì mở lại, cuộc khám vẫn còn đó.

Nhà không có điện thoại thông minh: đến trạm y tế, cán bộ trạm gọi giúp.`,
    titleEn: 'How to book and meet a health worker through Mọi Nhà',
    bodyEn: `1. Open Mọi Nhà on a phone and sign in with your number. Station staff show you how, free of charge.

2. Tap “Book”, choose a health worker and a free time. You may book for your parents and children.

3. At that time open the appointment and join. Sit where it is bright and quiet. If the network drops, open it again.

No smartphone at home: come to the station and the staff will call for you.`,
  },
]
