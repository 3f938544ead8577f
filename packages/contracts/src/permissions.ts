/** Roles of the demo and of a fresh installation. Roles are data: an administrator may add others. */
export const defaultRoles = {
  citizen: { vi: 'Người dân', en: 'Citizen' },
  it_helper: { vi: 'Cán bộ kỹ thuật của đơn vị', en: 'IT helper of the unit' },
  station_nurse: { vi: 'Y sĩ, điều dưỡng, hộ sinh trạm y tế', en: 'Station nurse' },
  station_doctor: { vi: 'Bác sĩ trạm y tế', en: 'Station doctor' },
  specialist: { vi: 'Bác sĩ tuyến trên', en: 'Specialist' },
  duty_lead: { vi: 'Trưởng tua trực', en: 'Duty lead' },
  unit_admin: { vi: 'Quản trị đơn vị', en: 'Unit administrator' },
  department_officer: { vi: 'Cán bộ Sở Y tế', en: 'Health-department officer' },
  system_admin: { vi: 'Quản trị hệ thống', en: 'System administrator' },
} as const
export type RoleKey = keyof typeof defaultRoles

const station = ['station_nurse', 'station_doctor'] as const
const upper = ['specialist', 'duty_lead'] as const
const clinical = [...station, ...upper] as const
const admins = ['unit_admin', 'system_admin'] as const
const overseers = [...admins, 'department_officer'] as const
const staff = [...clinical, ...overseers] as const
const everyone = ['citizen', ...staff] as const

/** permission → what it lets one do, and which roles have it at first. Absent means denied. */
export const permissions = {
  'account.own': { vi: 'Dùng tài khoản của mình', en: 'Use one’s own account', roles: [...everyone, 'it_helper'] },
  'family.own': { vi: 'Khai báo người thân mình chăm sóc', en: 'Keep one’s own family members', roles: ['citizen'] },
  'staff.read': { vi: 'Xem nhân viên của đơn vị', en: 'See the staff of a unit', roles: staff },
  'staff.manage': { vi: 'Quản lý nhân viên, phân quyền', en: 'Manage staff and roles', roles: admins },
  'staff.vouch': {
    vi: 'Xác nhận đồng nghiệp có tài khoản mới',
    en: 'Vouch for a colleague with a new account',
    roles: [...clinical, ...admins],
  },
  'facility.manage': { vi: 'Sửa đơn vị và đơn vị trực thuộc', en: 'Edit a unit and those beneath', roles: admins },
  'facility.read': {
    vi: 'Xem cây đơn vị và mạng lưới hỗ trợ',
    en: 'See the tree and the support network',
    roles: staff,
  },
  'patient.search': { vi: 'Tìm người bệnh của trạm', en: 'Search the unit’s patients', roles: clinical },
  'patient.register': { vi: 'Đăng ký người bệnh', en: 'Register a patient', roles: station },
  'patient.read': { vi: 'Xem hồ sơ người bệnh đang chăm sóc', en: 'Read records under one’s care', roles: clinical },
  'record.own': { vi: 'Xem hồ sơ của mình và người thân', en: 'See one’s own and family’s record', roles: ['citizen'] },
  'encounter.write': { vi: 'Ghi lượt khám', en: 'Write an encounter', roles: clinical },
  'prescription.write': { vi: 'Kê đơn thuốc điện tử', en: 'Write electronic prescriptions', roles: clinical },
  'prescription.dispense': {
    vi: 'Cấp thuốc của đơn vị, đối soát đơn chưa gửi',
    en: 'Hand out the unit’s medicines, reconcile unsent prescriptions',
    roles: clinical,
  },
  'record.break-glass': { vi: 'Mở hồ sơ khi khẩn cấp', en: 'Open a record in an emergency', roles: clinical },
  'glass.review': {
    vi: 'Được báo và xét các lần mở hồ sơ khẩn cấp của đơn vị',
    en: 'Be told of and judge the unit’s emergency openings',
    roles: ['station_doctor', 'duty_lead', ...admins],
  },
  'tele-list.manage': {
    vi: 'Xác nhận danh mục bệnh được chữa từ xa, nhập danh mục ICD-10',
    en: 'Vouch for the list of remotely treated diseases, import the list of diagnoses',
    roles: ['system_admin'],
  },
  'programme.manage': {
    vi: 'Thêm chương trình theo dõi định kỳ',
    en: 'Add programmes of regular follow-up',
    roles: ['department_officer', 'system_admin'],
  },
  'schedule.manage': {
    vi: 'Sửa lịch làm việc',
    en: 'Edit working hours',
    roles: [...station, 'specialist', ...admins],
  },
  'appointment.book': { vi: 'Đặt lịch cho mình và người thân', en: 'Book for oneself and family', roles: ['citizen'] },
  'appointment.desk': { vi: 'Quản lý lịch hẹn của trạm', en: 'Run the station’s appointments', roles: station },
  'appointment.attend': {
    vi: 'Xem lịch hẹn của đơn vị, khám theo lịch hẹn',
    en: 'See the unit’s appointments, attend one’s own',
    roles: clinical,
  },
  'call.join': {
    vi: 'Vào cuộc gọi của buổi khám mình tham gia',
    en: 'Join the calls of one’s visits',
    roles: everyone,
  },
  'call.assist': {
    vi: 'Giúp sửa tiếng và hình trong cuộc gọi, không nghe và không xem được gì',
    en: 'Mend sound and picture of calls, hearing and seeing nothing',
    roles: ['it_helper', ...admins],
  },
  'roster.read': { vi: 'Xem lịch trực', en: 'See duty rosters', roles: staff },
  'roster.manage': { vi: 'Xếp lịch trực', en: 'Plan duty rosters', roles: ['duty_lead', ...admins] },
  'presence.own': { vi: 'Báo trạng thái trực tuyến', en: 'Tell one’s presence', roles: clinical },
  'consult.request': { vi: 'Xin ý kiến tuyến trên', en: 'Ask the upper level', roles: clinical },
  'consult.answer': { vi: 'Trả lời xin ý kiến', en: 'Answer consult requests', roles: upper },
  'consult.lead': { vi: 'Điều phối hội chẩn', en: 'Coordinate consults', roles: ['duty_lead'] },
  'consult.read': { vi: 'Xem hội chẩn của đơn vị', en: 'See the unit’s consults', roles: clinical },
  'document.sign': { vi: 'Ký giấy tờ bằng chữ ký số', en: 'Sign documents digitally', roles: clinical },
  'meeting.join': {
    vi: 'Dự họp giao ban, sinh hoạt chuyên môn của đơn vị',
    en: 'Attend the unit’s briefings and meetings',
    roles: staff,
  },
  'meeting.organise': {
    vi: 'Tổ chức họp, xem tham dự của đơn vị trực thuộc',
    en: 'Organise meetings, see attendance of units beneath',
    roles: ['duty_lead', ...overseers],
  },
  'news.own': { vi: 'Đọc tin sức khỏe', en: 'Read health news', roles: ['citizen'] },
  'news.publish': { vi: 'Gửi tin sức khỏe cho địa bàn', en: 'Send health news to an area', roles: overseers },
  'report.read': {
    vi: 'Xem báo cáo của đơn vị',
    en: 'See a unit’s reports',
    roles: ['duty_lead', ...overseers, 'station_doctor'],
  },
  'target.register': {
    vi: 'Đăng ký chỉ số thực hiện của đơn vị',
    en: 'Register a unit’s yearly values',
    roles: ['unit_admin', 'department_officer', 'system_admin'],
  },
  'operations.manage': {
    vi: 'Xem và xử lý tin nhắn, việc nền gặp lỗi',
    en: 'See and settle failed texts and background jobs',
    roles: ['system_admin'],
  },
  'audit.read': { vi: 'Xem nhật ký truy cập', en: 'Read the access log', roles: admins },
} as const satisfies Record<string, { vi: string; en: string; roles: readonly RoleKey[] }>

export type Permission = keyof typeof permissions

/**
 * What a program's token may carry; everything else is for people only. Nothing that opens a patient's record, an
 * account or the access log. The database keeps the same list: `identity.service_scope`.
 */
export const serviceScopes = [
  'facility.read',
  'staff.read',
  'roster.read',
  'roster.manage',
  'report.read',
  'target.register',
] as const satisfies readonly Permission[]
