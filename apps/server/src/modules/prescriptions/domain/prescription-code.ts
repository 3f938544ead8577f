/** Kinds of prescriptions as the national system codes them. Source: domain notes on regulations, §6.1. */
export type RxKind = 'c' | 'h' | 'n' | 'y'

/** A facility's five characters. Source: Circular 26/2025/TT-BYT, domain notes on regulations, §6.1. */
const facilityPart = /^[0-9A-Za-z]{5}$/
const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
const randomLength = 7
/** The largest multiple of 36 that fits a byte: what lies above would favour the first letters. */
const fairBytes = 252

/** 14 characters: facility, seven drawn by a secure source, hyphen, kind (REQ-RX-01). */
export function drawCode(facilityCode: string, kind: RxKind, bytes: (count: number) => Uint8Array): string {
  if (!facilityPart.test(facilityCode)) throw new RangeError('a facility code has five letters or digits')
  let drawn = ''
  while (drawn.length < randomLength) {
    for (const byte of bytes(randomLength)) {
      if (byte < fairBytes && drawn.length < randomLength) drawn += letters.charAt(byte % letters.length)
    }
  }
  return `${facilityCode}${drawn}-${kind}`
}
