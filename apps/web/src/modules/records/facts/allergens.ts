import { inLanguage } from '../../../platform/i18n/index.ts'

/** A substance or group that people react to; `atc` where the WHO's classification has it (ATC/DDD Index 2024). */
interface Allergen {
  vi: string
  en: string
  atc: string | null
}

/** What stations hear most, one tap each; a working choice. Anything else is typed. */
export const allergens: readonly Allergen[] = [
  { vi: 'Penicilin', en: 'Penicillins', atc: 'J01C' },
  { vi: 'Cephalosporin', en: 'Cephalosporins', atc: 'J01D' },
  { vi: 'Sulfamid', en: 'Sulfonamides', atc: 'J01E' },
  { vi: 'Thuốc giảm đau NSAID', en: 'Anti-inflammatory painkillers (NSAID)', atc: 'M01A' },
  { vi: 'Aspirin', en: 'Aspirin', atc: 'N02BA01' },
  { vi: 'Paracetamol', en: 'Paracetamol', atc: 'N02BE01' },
  { vi: 'Lidocain', en: 'Lidocaine', atc: 'N01BB02' },
  { vi: 'Thuốc cản quang', en: 'Contrast media', atc: 'V08' },
  { vi: 'Tôm, cua', en: 'Shrimp, crab', atc: null },
  { vi: 'Lạc (đậu phộng)', en: 'Peanuts', atc: null },
  { vi: 'Nọc ong', en: 'Bee venom', atc: null },
]

/** The code of a substance whose name stands here in either language. */
export function atcOf(display: string): string | null {
  const typed = display.trim().toLocaleLowerCase('vi')
  return allergens.find(({ vi, en }) => [vi, en].some((name) => name.toLocaleLowerCase('vi') === typed))?.atc ?? null
}

export const nameOfAllergen = (one: Allergen): string => inLanguage(one)
