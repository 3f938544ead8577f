import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { NationalReply } from '../store/tables.ts'
import { NationalFailure, type NationalPayload, type NationalSystem, type Sender } from './national-system.ts'

// The calls of donthuocquocgia.vn as independent open-source clients make them (domain notes on regulations, §6.5, of
// grade S): confirm with the operator before use.

/** A file only the server's user reads: passwords per facility code, connection code and password per licence. */
const Accounts = z.object({
  facilities: z.record(z.string(), z.object({ password: z.string() })),
  prescribers: z.record(z.string(), z.object({ code: z.string(), password: z.string() })),
})

const Token = z.object({ token: z.string().min(1) })
const Answer = z.object({
  success: z.boolean().default(true),
  checksum: z.string().max(500).default(''),
  danh_sach_cac_loi: z.array(z.unknown()).default([]),
})

/** Longer answers come later by the outbox. */
const timeoutMs = 30_000
const mostErrors = 20
const longestAnswer = 100_000

/** Logs in once and keeps the token until it is refused. */
export function nationalOverHttp(url: string, accountsFile: string): NationalSystem {
  const calls = new NationalCalls(url.replace(/\/$/, ''), () =>
    Accounts.parse(JSON.parse(readFileSync(accountsFile, 'utf8'))),
  )
  return { name: 'http', send: (payload, sender) => calls.send(payload, sender) }
}

class NationalCalls {
  readonly #base: string
  readonly #accounts: () => z.infer<typeof Accounts>
  readonly #tokens = new Map<string, string>()

  constructor(base: string, accounts: () => z.infer<typeof Accounts>) {
    this.#base = base
    this.#accounts = accounts
  }

  async send(payload: NationalPayload, sender: Sender, again = false): Promise<NationalReply> {
    const reply = await this.#post('/api/v1/gui-don-thuoc', payload, await this.#tokenFor(sender))
    if (reply.status !== 401) return answerOf(reply)
    // the token ran out: once anew
    this.#tokens.delete(keyOf(sender))
    if (again) throw new NationalFailure('HTTP_401')
    return this.send(payload, sender, true)
  }

  async #tokenFor(sender: Sender): Promise<string> {
    const token = this.#tokens.get(keyOf(sender)) ?? (await this.#logIn(sender))
    this.#tokens.set(keyOf(sender), token)
    return token
  }

  /** A prescriber the facility does not know there yet is added first, once. */
  async #logIn({ facilityCode, licenceNo }: Sender): Promise<string> {
    const account = this.#accounts().prescribers[licenceNo]
    if (!account) throw new NationalFailure('PRESCRIBER_ACCOUNT_MISSING')
    const login = () =>
      this.#post('/api/auth/dang-nhap-bac-si', {
        ma_lien_thong_bac_si: account.code,
        ma_lien_thong_co_so_kham_chua_benh: facilityCode,
        password: account.password,
      })
    const first = await login()
    if (first.status === 200 || first.status >= 500) return tokenOf(first, 'PRESCRIBER_LOGIN_REFUSED')
    const body = { ma_lien_thong_bac_si: account.code }
    const added = await this.#post('/api/v1/them-bac-si', body, await this.#facilityToken(facilityCode))
    if (added.status >= 400) throw new NationalFailure('PRESCRIBER_LOGIN_REFUSED')
    return tokenOf(await login(), 'PRESCRIBER_LOGIN_REFUSED')
  }

  async #facilityToken(code: string): Promise<string> {
    const password = this.#accounts().facilities[code]?.password
    if (!password) throw new NationalFailure('FACILITY_ACCOUNT_MISSING')
    const body = { ma_lien_thong_co_so_kham_chua_benh: code, password }
    return tokenOf(await this.#post('/api/auth/dang-nhap-co-so-kham-chua-benh', body), 'FACILITY_LOGIN_REFUSED')
  }

  async #post(path: string, body: unknown, token?: string): Promise<Raw> {
    const reply = await fetch(`${this.#base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await reply.text()
    return { status: reply.status, json: text.length > longestAnswer ? undefined : parsed(text) }
  }
}

const keyOf = ({ facilityCode, licenceNo }: Sender): string => `${facilityCode} ${licenceNo}`

interface Raw {
  status: number
  json: unknown
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tokenOf({ status, json }: Raw, refused: string): string {
  if (status >= 500) throw new NationalFailure(`HTTP_${status}`)
  const token = Token.safeParse(json)
  if (status !== 200 || !token.success) throw new NationalFailure(refused)
  return token.data.token
}

function answerOf({ status, json }: Raw): NationalReply {
  if (status !== 200 && status !== 422) throw new NationalFailure(`HTTP_${status}`)
  const answer = Answer.safeParse(json)
  if (!answer.success) throw new NationalFailure('ANSWER_NOT_UNDERSTOOD')
  const { success, checksum, danh_sach_cac_loi: errors } = answer.data
  // an acknowledgement without its checksum proves nothing
  if (status === 200 && success && checksum === '') throw new NationalFailure('ANSWER_NOT_UNDERSTOOD')
  return { success: status === 200 && success, checksum, errors: errors.slice(0, mostErrors).map(textOf) }
}

const textOf = (error: unknown): string =>
  (typeof error === 'string' ? error : (JSON.stringify(error) ?? '')).slice(0, 500)
