import { inflateRawSync } from 'node:zlib'

export class ArchiveTooLarge extends Error {}

interface Limits {
  /** All parts together, unpacked, in bytes. */
  bytes: number
  parts: number
}

const endRecord = 0x06054b50
const centralRecord = 0x02014b50
const localRecord = 0x04034b50

/**
 * Unpacks a zip under limits that hold against an archive that lies about its sizes: zlib itself stops at what is left.
 * Only what an xlsx needs: stored and deflated parts, no encryption, no zip64.
 */
export function unpackArchive(file: Buffer, limits: Limits): Record<string, Uint8Array> {
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  if (count > limits.parts) throw new ArchiveTooLarge()
  const parts: Record<string, Uint8Array> = {}
  let left = limits.bytes
  let at = file.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    const entry = readEntry(file, at)
    at = entry.next
    const bytes = unpackEntry(file, entry, left)
    left -= bytes.length
    parts[entry.name] = bytes
  }
  return parts
}

interface Entry {
  name: string
  method: number
  packedBytes: number
  offset: number
  next: number
}

function findEnd(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at--)
    if (file.readUInt32LE(at) === endRecord) return at
  throw new Error('no end of archive')
}

function readEntry(file: Buffer, at: number): Entry {
  if (file.readUInt32LE(at) !== centralRecord) throw new Error('broken directory')
  if (file.readUInt16LE(at + 8) & 1) throw new Error('encrypted')
  const nameLength = file.readUInt16LE(at + 28)
  const next = at + 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  const name = file.toString('utf8', at + 46, at + 46 + nameLength)
  return {
    name,
    next,
    method: file.readUInt16LE(at + 10),
    packedBytes: file.readUInt32LE(at + 20),
    offset: file.readUInt32LE(at + 42),
  }
}

function unpackEntry(file: Buffer, { method, packedBytes, offset }: Entry, left: number): Uint8Array {
  if (file.readUInt32LE(offset) !== localRecord) throw new Error('broken part')
  const begin = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  const packed = file.subarray(begin, begin + packedBytes)
  if (packed.length !== packedBytes) throw new Error('cut short')
  if (method === 0) {
    if (packed.length > left) throw new ArchiveTooLarge()
    return packed
  }
  if (method !== 8) throw new Error('unknown method')
  try {
    return packed.length === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new ArchiveTooLarge()
    throw error
  }
}
