import { confirmTotp, signIn, startTotp } from '@moinha/contracts/identity'
import { createHmac } from 'node:crypto'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, type StaffCastKey } from '../domain/demo-cast.ts'
import { demoPassword } from '../seed.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows for a base32 secret now (RFC 6238, 30 s, 6 digits): the other end of the wire. */
export function totpCode(secret: string, at = Date.now()): string {
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac[19] ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** One of the cast with an authenticator app just enrolled; the browser is known to the account from then on. */
export async function enrolled(client: TestClient, key: StaffCastKey): Promise<{ client: TestClient; secret: string }> {
  await client.call(signIn, { body: { username: castStaffMember(key).username, password: demoPassword } })
  const { secret } = await client.call(startTotp, { body: { password: demoPassword } })
  await client.call(confirmTotp, { body: { code: totpCode(secret) } })
  return { client, secret }
}
