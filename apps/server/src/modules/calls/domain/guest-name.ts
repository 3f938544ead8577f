/** Marks of a name: letters of the Latin script, spaces, and what joins syllables. */
const readable = /^[\p{Script=Latin}\p{M} .'’-]+$/u

/** Letters without their marks: ours, the `ƀ` of Ba Na and Gia Rai names, those of Europe. Small capitals are none. */
const plain = /^[a-zƀæœøłßðþ .'’-]+$/

/** Titles of whoever treats or teaches, folded; a guest carries none, whoever types it. */
const titleWords = new Set([
  ...['bs', 'bsi', 'bscki', 'bsckii', 'bscc', 'bsnt', 'bsgd', 'dr', 'doctor', 'prof', 'professor'],
  ...['ths', 'thsbs', 'ts', 'tsbs', 'pgs', 'pgsts', 'gs', 'gsts', 'ck', 'cki', 'ckii', 'ck1', 'ck2'],
  ...['dd', 'cndd', 'ds', 'dsdh', 'ktv', 'nurse', 'midwife', 'physician', 'pharmacist', 'specialist', 'md'],
])
const titlePhrases = [
  ...[
    'bac si',
    'bacsi',
    'bac sy',
    'b si',
    'b sy',
    'nha si',
    'nha sy',
    'duoc si',
    'duoc sy',
    'dieu duong',
    'ho sinh',
    'giao su',
    'tien si',
    'thac si',
  ],
  ...[
    'truong khoa',
    'truong tram',
    'tram truong',
    'giam doc',
    'chuyen khoa',
    'chuyen vien',
    'can bo',
    'nhan vien y te',
  ],
  ...['tram y te', 'benh vien', 'so y te'],
]
/** Folded these are names of Xơ Đăng and Gié Triêng women, `Y Si`: only the words as written are titles. */
const titlesAsWritten = ['y sĩ', 'y sỹ', 'y tá']

/** As the table keeps it: a ligature of one letter may become three. */
const LONGEST = 60

export type GuestNameFault = 'unreadable' | 'titled'

/**
 * What is wrong with a guest's name. It stands beside those of doctors, so it may not look like one of them: no title,
 * no letters of other scripts that look like ours.
 */
export function guestNameFault(typed: string): GuestNameFault | undefined {
  const name = normalGuestName(typed)
  if (name.length > LONGEST || !readable.test(name) || !/\p{L}/u.test(name)) return 'unreadable'
  const lower = name.toLowerCase()
  if (!plain.test(fold(lower))) return 'unreadable'
  const words = wordsOf(fold(lower))
  const phrase = ` ${words.join(' ')} `
  const titled =
    words.some((word) => titleWords.has(word)) ||
    /(^|[^\p{L}])(BS|Bs|TS|PGS|GS|ThS|Dr)(?=\p{Lu})/u.test(name) ||
    titlePhrases.some((title) => phrase.includes(` ${title} `)) ||
    titlesAsWritten.some((title) => ` ${wordsOf(lower).join(' ')} `.includes(` ${title} `))
  return titled ? 'titled' : undefined
}

/** One form of each letter: full-width and ligature letters become plain ones. */
export const normalGuestName = (typed: string): string => typed.normalize('NFKC')

const fold = (lower: string): string => lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')

/** Words of letters; single letters that follow each other are one word: "b.s." is "bs". */
function wordsOf(lower: string): string[] {
  const parts = lower.split(/[^\p{L}\p{M}]+/u).filter((part) => part !== '')
  return parts.reduce<{ words: string[]; spelled: boolean }>(
    ({ words, spelled }, part) => {
      const single = part.length === 1
      const before = words.at(-1)
      if (single && spelled && before !== undefined) return { words: [...words.slice(0, -1), before + part], spelled }
      return { words: [...words, part], spelled: single }
    },
    { words: [], spelled: false },
  ).words
}
