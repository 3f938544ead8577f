/** Why a gateway did not take a text, as a code. */
export class SmsRefused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'SmsRefused'
    this.code = code
  }
}

/** A gateway that brings a text to a phone. */
export interface SmsGateway {
  /** Throws when the gateway did not take the text; the same `id` may come twice and is delivered once. */
  send(message: SmsMessage): Promise<{ reference: string }>
}

export interface SmsMessage {
  id: string
  /** E.164 */
  to: string
  text: string
}

/** What the fake gateway received, for the demo's outbox page and for tests. */
export interface ReceivedSms extends SmsMessage {
  at: string
}
