/**
 * Is this the same name? Authorities write names in capitals, some without marks; nothing else may differ, also not the
 * order.
 */
export const isSameName = (a: string, b: string): boolean => folded(a) !== '' && folded(a) === folded(b)

const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
