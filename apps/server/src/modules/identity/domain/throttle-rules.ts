/**
 * So many tries in a window, then closed for a while. House rules, tuned so that a person with a weak link is not
 * locked out.
 */
export interface ThrottleRule {
  limit: number
  windowSeconds: number
  blockSeconds: number
}

const quarterHour = 900
const quarterHourly = (limit: number): ThrottleRule => ({
  limit,
  windowSeconds: quarterHour,
  blockSeconds: quarterHour,
})

export const otpLifeSeconds = 300
export const otpResendSeconds = 30
/** A browser that signed in to an account is known to it for so long; as long as a citizen's longest session. */
export const knownDeviceDays = 90

/**
 * What is guessed at or sent, each with its limits. Every try is counted for one account and one source first: a known
 * device, else the network it comes from. What is refused there is not counted further, so one stranger never closes
 * the wider counts for others. The two wider ones hold strangers only: all of them together at one account, and
 * everybody behind one carrier address (hundreds of phones).
 */
export interface AttemptLimits {
  name: string
  /** One account from one source. */
  own: ThrottleRule
  /** One account from all unknown devices together. Above `own`, so that it takes several networks to reach it. */
  strangers: ThrottleRule
  /** One network, over all accounts. */
  network: ThrottleRule
}

export const passwordLimits: AttemptLimits = {
  name: 'password',
  own: quarterHourly(10),
  strangers: quarterHourly(30),
  network: quarterHourly(300),
}
export const totpLimits: AttemptLimits = {
  name: 'totp',
  own: quarterHourly(10),
  strangers: quarterHourly(30),
  network: quarterHourly(300),
}
export const otpTryLimits: AttemptLimits = {
  name: 'otp-try',
  own: quarterHourly(10),
  strangers: quarterHourly(20),
  network: quarterHourly(1500),
}
export const otpSendLimits: AttemptLimits = {
  name: 'otp-send',
  own: quarterHourly(5),
  strangers: quarterHourly(10),
  network: quarterHourly(600),
}
export const otpResendRule: ThrottleRule = { limit: 1, windowSeconds: otpResendSeconds, blockSeconds: otpResendSeconds }

/**
 * Wrong one-time codes from one network: a whole unit types its slips behind one address, and right ones do not count.
 */
export const firstCodeTries: ThrottleRule = quarterHourly(60)

/** Wrong tokens of programs from one network: one that lost its token and retries must not keep the database busy. */
export const tokenTries: ThrottleRule = quarterHourly(60)

/** Wrong links of guests from one network; they cannot be guessed, but asking costs. */
export const guestLinkTries: ThrottleRule = quarterHourly(60)

/** A prescription's code with a year of birth, right or wrong: a pharmacy asks a few times, a guesser of years more. */
export const pharmacyCodeTries: ThrottleRule = quarterHourly(12)
/** The same of all networks together: years of birth are few. */
export const pharmacyCodeTriesOfAll: ThrottleRule = quarterHourly(36)
export const pharmacyNetworkTries: ThrottleRule = quarterHourly(120)

/** Wrong passphrases of one's signing key: whoever took over a session is not to find it out. Right ones count not. */
export const signingKeyTries: ThrottleRule = quarterHourly(5)

/** Codes a guardian reads out at a desk: how long one holds, and wrong ones for one phone. */
export const guardianCodeLifeSeconds = 600
export const guardianCodeTries: ThrottleRule = quarterHourly(5)

const day = 86_400

/** Claims on existing people by one account, and texts with a claim's code to one phone: nobody is to be pestered. */
export const claimsPerGuardian: ThrottleRule = { limit: 10, windowSeconds: day, blockSeconds: day }
export const claimTextsPerPhone: ThrottleRule = { limit: 3, windowSeconds: day, blockSeconds: day }
