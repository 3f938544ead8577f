import { describe, expect, it } from 'vitest'
import { guestNameFault } from './guest-name.ts'

describe('the name of a guest', () => {
  it.each([
    'Y Lan',
    'Nguyễn Thị Bích Sương',
    'A Đức',
    'Y Sí',
    "K'Brôi",
    'Trần Đình Bắc',
    'Đinh A Y',
    'Mai',
    'Rơ Châm Hƀơi',
    'Sørensen',
  ])('takes %s', (name) => expect(guestNameFault(name)).toBeUndefined())

  it.each([
    'BS Nguyễn Văn A',
    'bs. Lan',
    'B.S. Lan',
    'B S Lan',
    'Bác sĩ Lan',
    'BÁC  SĨ Lan',
    'bac si Lan',
    'Lan - bác sĩ',
    'ＢＳ Lan',
    'BSLan',
    'ThS.BS Lan',
    'Dr. Lan',
    'Điều dưỡng Mai',
    'Y tá Mai',
    'Y sĩ Mai',
    'Trưởng khoa Hùng',
    'Trạm trưởng Hùng',
    'B.Sỹ Lan',
    'Ba\u0301c si\u0303 Lan',
  ])('takes no title: %s', (name) => expect(guestNameFault(name)).toBe('titled'))

  it.each(['ВS Lan', 'ʙS Lan', '123', 'Lan 🩺', '...', 'Lan\u202e', '李', 'ﬃ'.repeat(60)])(
    'takes no look-alikes or signs: %s',
    (name) => expect(guestNameFault(name)).toBe('unreadable'),
  )
})
