import type { NationalReply } from '../store/tables.ts'

/** The payload of `gui-don-thuoc`. Fields: domain notes on forms, §4. */
export type NationalPayload = Readonly<Record<string, unknown>>

/** Who sends: the facility's code and the prescriber's licence name the accounts. */
export interface Sender {
  facilityCode: string
  licenceNo: string
}

/** The national prescription system. An answer is kept; anything else is an error with a code, and is tried again. */
export interface NationalSystem {
  readonly name: string
  send(payload: NationalPayload, sender: Sender): Promise<NationalReply>
}

/** Why there was no answer worth keeping; `code` is shown. */
export class NationalFailure extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'NationalFailure'
    this.code = code
  }
}
