import type { DemoRandom } from './demo-random.ts'

/** Sex as the person index stores it. */
export type Sex = 'male' | 'female'

// Decision 121-TCTK/PPCĐ of 1979-03-02; the whole list is data/ethnic-groups.csv.
export const ethnicCodeSystem = 'QD121-TCTK-PPCD-1979'

interface NamePattern {
  readonly code: string
  readonly name: (sex: Sex, random: DemoRandom) => string
}
interface BySex {
  readonly male: readonly string[]
  readonly female: readonly string[]
}

/** Family, middle and given name: Kinh, Mường, Tày, Thái. */
function threePart(code: string, families: readonly string[], middles: BySex, given: BySex): NamePattern {
  return {
    code,
    name: (sex, random) => [random.pick(families), random.pick(middles[sex]), random.pick(given[sex])].join(' '),
  }
}

/** A word that tells the sex before the given name: A / Y of the northern highlands, Thao / Nàng of the Brâu. */
function marked(code: string, marks: { male: string; female: string }, given: BySex): NamePattern {
  return { code, name: (sex, random) => `${marks[sex]} ${random.pick(given[sex])}` }
}

const commonMiddles: BySex = {
  male: ['Văn', 'Đức', 'Minh', 'Quang', 'Hữu', 'Quốc', 'Xuân', 'Thanh'],
  female: ['Thị', 'Ngọc', 'Thu', 'Thanh', 'Kim', 'Bích', 'Hồng', 'Mỹ'],
}
const commonGiven: BySex = {
  male: [
    'An',
    'Bình',
    'Cường',
    'Dũng',
    'Giang',
    'Hải',
    'Hùng',
    'Khánh',
    'Lâm',
    'Long',
    'Nam',
    'Phong',
    'Phúc',
    'Quân',
    'Sơn',
    'Thắng',
    'Tiến',
    'Toàn',
    'Trung',
    'Tú',
    'Vinh',
  ],
  female: [
    'Anh',
    'Chi',
    'Dung',
    'Giang',
    'Hà',
    'Hạnh',
    'Hiền',
    'Hoa',
    'Hương',
    'Lan',
    'Liên',
    'Linh',
    'Loan',
    'Mai',
    'Nga',
    'Nhung',
    'Oanh',
    'Phương',
    'Thảo',
    'Trang',
    'Tuyết',
    'Vân',
    'Yến',
  ],
}
const plainMiddles: BySex = { male: ['Văn'], female: ['Thị'] }

const highlandMarks = { male: 'A', female: 'Y' }

const patterns = {
  kinh: threePart(
    '01',
    ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Huỳnh'],
    commonMiddles,
    commonGiven,
  ),
  tay: threePart('02', ['Nông', 'Hoàng', 'Lý', 'Ma', 'Triệu', 'Đàm', 'Bế', 'Chu'], plainMiddles, commonGiven),
  thai: threePart('03', ['Lò', 'Cầm', 'Quàng', 'Lường', 'Vi', 'Hà', 'Tòng', 'Lô'], plainMiddles, {
    male: ['Pánh', 'Inh', 'Thương', 'Tuấn', 'Chung', 'Hặc', 'Piêng', 'Dũng'],
    female: ['Inh', 'Ướng', 'Phương', 'Hoan', 'Thoa', 'Pâng', 'Xôm', 'Hương'],
  }),
  muong: threePart('06', ['Bùi', 'Đinh', 'Quách', 'Hà', 'Phạm', 'Trương'], plainMiddles, commonGiven),
  mong: {
    code: '08',
    name: (sex, random) =>
      sex === 'male'
        ? `${random.pick(mongFamilies)} A ${random.pick(['Páo', 'Sính', 'Chua', 'Dế', 'Lềnh', 'Vảng', 'Tủa'])}`
        : `${random.pick(mongFamilies)} Thị ${random.pick(['Mỷ', 'Sua', 'Chở', 'Dợ', 'Pà', 'Máy', 'Say'])}`,
  },
  giaRai: {
    code: '10',
    name: (sex, random) => {
      const family = random.pick(['Siu', 'Ksor', 'Kpuih', 'Rơ Mah', 'Rơ Châm', 'Rơ Lan', 'Rah Lan', 'Puih', 'Nay'])
      return sex === 'male'
        ? `${family} ${random.pick(['Thuôn', 'Hùng', 'Blơi', 'Djuk', 'Khơi', 'Phúc', 'Nghĩa', 'Lâm'])}`
        : `${family} H'${random.pick(['Ngân', 'Yéo', 'Blin', 'Mlan', 'Uyên', 'Nhung', 'Bluh', 'Phương'])}`
    },
  },
  baNa: marked('13', highlandMarks, {
    male: ['Thút', 'Biu', 'Wer', 'Jring', 'Tưn', 'Chưng', 'Byên', 'Hưng', 'Phôn'],
    female: ['Hlưn', 'Byin', 'Ngơih', 'Blưih', 'Thưm', 'Hyen', 'Nhưn', 'Mai'],
  }),
  xoDang: marked('14', highlandMarks, {
    male: ['Thut', 'Nhiêu', 'Lơi', 'Hiếu', 'Sinh', 'Dũng', 'Ngọc', 'Tiang', 'Mười', 'Khương'],
    female: ['Blưn', 'Hà', 'Nhung', 'Sâm', 'Thoa', 'Hạnh', 'Liêng', 'Đêl', 'Hiền'],
  }),
  gieTrieng: marked('27', highlandMarks, {
    male: ['Brôl', 'Nghỉ', 'Bông', 'Ngrẽo', 'Thiên', 'Biên', 'Hải', 'Nêng'],
    female: ['Then', 'Xưn', 'Phượng', 'Bích', 'Ngân', 'Xoan', 'Đươi', 'Thảo'],
  }),
  brau: marked(
    '52',
    { male: 'Thao', female: 'Nàng' },
    { male: ['Lợi', 'Mưu', 'Pênh', 'Dua', 'Đương', 'Khăm'], female: ['Thoa', 'Sương', 'Xuôi', 'Bang', 'Tơi', 'Mưa'] },
  ),
  roMam: marked('54', highlandMarks, {
    male: ['Blong', 'Ren', 'Thái', 'Dói', 'Điết'],
    female: ['Đức', 'Điết', 'Vắt', 'Thương', 'Khiếu'],
  }),
} as const satisfies Record<string, NamePattern>

const mongFamilies = ['Giàng', 'Vàng', 'Sùng', 'Thào', 'Mùa', 'Hờ', 'Lý']

type People = keyof typeof patterns

// Invented proportions; they only have to look like the area. First match wins.
const mixes: readonly (readonly [RegExp, readonly People[]])[] = [
  [/po-y$|ngoc-hoi$/, ['gieTrieng', 'gieTrieng', 'gieTrieng', 'brau', 'brau', 'kinh', 'kinh', 'muong', 'thai']],
  [/dak-glei$|dak-pek$|dak-mon$|dak-long$/, ['gieTrieng', 'gieTrieng', 'gieTrieng', 'gieTrieng', 'xoDang', 'kinh']],
  [
    /ngoc-linh$|tu-mo-rong$|dak-to$|dien-binh$|tan-canh$|kon-plong$|mang-canh$|po-e$|dak-ha$|dak-ngok$/,
    ['xoDang', 'xoDang', 'xoDang', 'xoDang', 'kinh', 'kinh', 'tay'],
  ],
  [/tp-kon-tum$|doan-ket$|hoa-binh$|kon-ray$/, ['baNa', 'baNa', 'kinh', 'kinh', 'kinh', 'xoDang']],
  [/ia-dom$|ia-hdrai$/, ['giaRai', 'thai', 'thai', 'muong', 'tay', 'mong', 'kinh']],
  [/sa-thay$|sa-nghia$|sa-son$/, ['giaRai', 'giaRai', 'roMam', 'kinh', 'kinh', 'thai', 'muong']],
  [/^bd-|^gl-/, ['kinh']],
  [/^dkn-|^ld-/, ['kinh', 'kinh', 'kinh', 'tay', 'mong', 'thai']],
  [/^kt-/, ['kinh', 'kinh', 'kinh', 'kinh', 'baNa', 'xoDang', 'gieTrieng', 'giaRai', 'muong']],
]

/** A plausible name and the ethnic group it belongs to, drawn from the mix of the area the facility key names. */
export function demoName(
  facilityKey: string,
  sex: Sex,
  random: DemoRandom,
): { fullName: string; ethnicityCode: string } {
  const mix = mixes.find(([area]) => area.test(facilityKey))?.[1] ?? ['kinh' as const]
  const pattern: NamePattern = patterns[random.pick(mix)]
  return { fullName: pattern.name(sex, random).normalize('NFC'), ethnicityCode: pattern.code }
}

/** The ethnic codes the generator can give out. */
export const demoEthnicCodes: readonly string[] = Object.values(patterns).map((pattern) => pattern.code)
