import type { EncounterChanges, EncounterContent } from '@moinha/contracts/records'

const pieces = ['findings', 'diagnoses', 'conclusion', 'advice', 'referredUp', 'channel'] as const

/** What a finished encounter is corrected in on screen. */
export type Correction = Pick<EncounterContent, (typeof pieces)[number]>

export const correctionOf = ({
  findings,
  diagnoses,
  conclusion,
  advice,
  referredUp,
  channel,
}: EncounterContent): Correction => ({ findings, diagnoses, conclusion, advice, referredUp, channel })

/** Only what differs is sent: another diagnosis or channel is judged again, an untouched one keeps its judgement. */
export function changesBetween(before: EncounterContent, after: Correction): Omit<EncounterChanges, 'disposition'> {
  const changed = pieces.filter((piece) => JSON.stringify(before[piece]) !== JSON.stringify(after[piece]))
  return Object.fromEntries(changed.map((piece) => [piece, after[piece]]))
}

/** The same on a form, where each piece is compared as one word: the diagnoses as text. */
export type CorrectionFields = Omit<Correction, 'diagnoses'> & { diagnoses: string }

export const fieldsOf = ({ diagnoses, ...rest }: Correction): CorrectionFields => ({
  ...rest,
  diagnoses: JSON.stringify(diagnoses.map(({ code, display }) => ({ code, display }))),
})

export const contentIn = ({ diagnoses, ...rest }: CorrectionFields): Correction => ({
  ...rest,
  diagnoses: JSON.parse(diagnoses) as Correction['diagnoses'],
})
