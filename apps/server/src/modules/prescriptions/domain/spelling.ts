/** Without diacritics and in lower case. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'd').toLowerCase().trim()

/** One spelling for penicillin and penicilin, cephalexin and cefalexin, ibuprofen and ibuprofenum. */
function spelledWord(word: string): string {
  const plain = word
    .replace(/ph/g, 'f')
    .replace(/y/g, 'i')
    .replace(/([a-z])\1+/g, '$1')
  return plain.length > 4 ? plain.replace(/(um|es|e|s)$/, '') : plain
}

/** The words of a name in one spelling; what a hyphen ties counts as one word too, "co-trimoxazol". */
export function spelledWords(text: string): string[] {
  const parts = fold(text)
    .split(/[^a-z0-9-]+/)
    .filter(Boolean)
  const tied = parts.filter((part) => part.includes('-')).map((part) => part.replaceAll('-', ''))
  return [...parts.flatMap((part) => part.split('-')), ...tied].filter(Boolean).map(spelledWord)
}
