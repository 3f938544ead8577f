import { addDays } from '../../../platform/clock/vietnam-time.ts'

/** A helper is named for a year at most, then named again: nobody keeps the right unseen. House rule. */
const longestTermDays = 366

export interface Term {
  fromDay: string
  untilDay: string
}

/** May somebody be named for these days, today? Both ends count. */
export function isTermPossible({ fromDay, untilDay }: Term, today: string): boolean {
  return fromDay >= today && untilDay >= fromDay && untilDay < addDays(fromDay, longestTermDays)
}

/** A number that proves who is meant, as typed: a phone as E.164, any other as identifiers are stored. */
export function proofNumber(typed: string): { phone: string | null; identifier: string } {
  const identifier = typed
    .normalize('NFC')
    .replace(/[\s.-]/g, '')
    .toUpperCase()
  // Vietnamese mobile numbers: domain notes on codes, §3.3
  const mobile = /^(?:0|\+?84)((?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7})$/.exec(identifier)
  return { phone: mobile ? `+84${mobile[1]}` : null, identifier }
}
