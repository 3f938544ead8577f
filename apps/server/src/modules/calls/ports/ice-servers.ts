import { z } from 'zod'
import { IceServer } from '@moinha/contracts/calls'

const OneOrMore = z.union([z.string(), z.array(z.string())]).transform((urls) => (Array.isArray(urls) ? urls : [urls]))
const Given = z.array(IceServer.extend({ urls: OneOrMore }))

/** Reads `ICE_SERVERS`, the JSON that browsers themselves take; a mistake stops the boot, not the first call. */
export function readIceServers(text: string | undefined): IceServer[] {
  if (text === undefined || text.trim() === '') return []
  const parsed = Given.safeParse(safeJson(text))
  if (!parsed.success)
    throw new Error('ICE_SERVERS must be JSON like [{"urls":["turn:host:3478"],"username":"…","credential":"…"}]')
  return parsed.data
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
