/** So many tries in a window, then closed for a while. House rules, tuned so that a person with a weak link is not locked out. */
export interface ThrottleRule {
  limit: number
  windowSeconds: number
  blockSeconds: number
}

const quarterHour = 900

/** Wrong codes for one phone, over all its codes. A single code dies after `otpTriesPerCode`. */
export const otpTries: ThrottleRule = { limit: 10, windowSeconds: quarterHour, blockSeconds: quarterHour }
export const otpTriesPerCode = 5
export const otpLifeSeconds = 300
export const otpResendSeconds = 30

/** Codes sent to one phone, and asked for from one address (a village shares one behind its carrier). */
export const otpSendsPerPhone: ThrottleRule = { limit: 5, windowSeconds: quarterHour, blockSeconds: quarterHour }
export const otpSendsPerAddress: ThrottleRule = { limit: 60, windowSeconds: quarterHour, blockSeconds: quarterHour }
export const otpTriesPerAddress: ThrottleRule = { limit: 100, windowSeconds: quarterHour, blockSeconds: quarterHour }

/** Wrong passwords for one username, and from one address (a hospital shares one). */
export const passwordTries: ThrottleRule = { limit: 10, windowSeconds: quarterHour, blockSeconds: quarterHour }
export const passwordTriesPerAddress: ThrottleRule = { limit: 100, windowSeconds: quarterHour, blockSeconds: quarterHour }
export const totpTriesPerAddress: ThrottleRule = { limit: 50, windowSeconds: quarterHour, blockSeconds: quarterHour }

/** Codes a guardian reads out at a desk: how long one holds, and wrong ones for one phone. */
export const guardianCodeLifeSeconds = 600
export const guardianCodeTries: ThrottleRule = { limit: 5, windowSeconds: quarterHour, blockSeconds: quarterHour }

const day = 86_400

/** Claims on existing people by one account, and texts with a claim's code to one phone: nobody is to be pestered. */
export const claimsPerGuardian: ThrottleRule = { limit: 10, windowSeconds: day, blockSeconds: day }
export const claimTextsPerPhone: ThrottleRule = { limit: 3, windowSeconds: day, blockSeconds: day }
