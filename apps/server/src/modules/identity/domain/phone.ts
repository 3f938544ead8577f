/** A Vietnamese mobile number as E.164; the contract has checked its shape (domain notes on codes, §3.3). */
export function toE164(typed: string): string {
  return `+84${typed.replace(/^(\+?84|0)/, '')}`
}
