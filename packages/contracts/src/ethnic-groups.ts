/** The 54 ethnic groups, foreigners and unknown, in the order of Decision 121-TCTK/PPCĐ (1979): the code is the place in the list, from 01. */
export const ethnicSystem = 'QD121-TCTK-PPCD-1979'
export const ethnicGroups = [
  'Kinh', 'Tày', 'Thái', 'Hoa', 'Khơ-me', 'Mường', 'Nùng', 'HMông', 'Dao', 'Gia-rai', 'Ngái', 'Ê-đê', 'Ba na', 'Xơ-Đăng', 'Sán Chay', 'Cơ-ho',
  'Chăm', 'Sán Dìu', 'Hrê', 'Mnông', 'Ra-glai', 'Xtiêng', 'Bru-Vân Kiều', 'Thổ', 'Giáy', 'Cơ-tu', 'Gié Triêng', 'Mạ', 'Khơ-mú', 'Co', 'Tà-ôi',
  'Chơ-ro', 'Kháng', 'Xinh-mun', 'Hà Nhì', 'Chu ru', 'Lào', 'La Chí', 'La Ha', 'Phù Lá', 'La Hủ', 'Lự', 'Lô Lô', 'Chứt', 'Mảng', 'Pà Thẻn', 'Cơ Lao',
  'Cống', 'Bố Y', 'Si La', 'Pu Péo', 'Brâu', 'Ơ Đu', 'Rơ măm', 'Người nước ngoài', 'Không rõ',
] as const

/** The name of a code, or undefined for a code of another system. */
export function ethnicName(ethnicity: { system: string; code: string } | null): string | undefined {
  return ethnicity?.system === ethnicSystem ? ethnicGroups[Number(ethnicity.code) - 1] : undefined
}
