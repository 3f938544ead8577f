// What a file is, read off its first bytes. A table of fixed places rather than a parser: nothing a stranger sends is
// walked through here.

/** The media types that can be told apart, and whether a browser may show them in its own window. */
const knownTypes = {
  'image/jpeg': true,
  'image/png': true,
  'image/webp': true,
  'audio/webm': true,
  'video/webm': true,
  'audio/ogg': true,
  'audio/mp4': true,
  'video/mp4': true,
  /** Goes on where another file ends; what it is was read off that one. */
  'application/octet-stream': false,
  'application/pdf': false,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': false,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': false,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': false,
} as const

export type MediaType = keyof typeof knownTypes
const office = 'application/vnd.openxmlformats-officedocument'
/** Sound and picture as browsers record them. */
export const recordingTypes = [
  'video/webm',
  'video/mp4',
  'audio/webm',
  'audio/mp4',
] as const satisfies readonly MediaType[]
/** Pictures as phones and cameras make them. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'] as const satisfies readonly MediaType[]
/** Papers people hand around. */
export const documentTypes = [
  'application/pdf',
  `${office}.wordprocessingml.document`,
  `${office}.spreadsheetml.sheet`,
  `${office}.presentationml.presentation`,
] as const satisfies readonly MediaType[]

export const isMediaType = (type: string | null): type is MediaType => type !== null && type in knownTypes
/** May a browser show it beside our pages? Everything else is kept on disk by whoever downloads it. */
export const isShownInline = (type: MediaType): boolean => knownTypes[type]

/** Enough of a file to tell its type. */
export const headBytes = 4096

/** The media type of a file that begins so; undefined where it is none of ours. */
export function sniff(head: Uint8Array): MediaType | undefined {
  const text = Buffer.from(head.subarray(0, headBytes)).toString('latin1')
  return picture(text) ?? sound(text) ?? paper(text)
}

/** W3C PNG §5.2, ITU-T T.81 annex B, RFC 9649 §2.4. */
function picture(text: string): MediaType | undefined {
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp'
  return undefined
}

/** RFC 8794 (EBML), RFC 3533 (Ogg), ISO 14496-12 (`ftyp`, handlers `vide` and `soun`). */
function sound(text: string): MediaType | undefined {
  if (text.startsWith('\x1a\x45\xdf\xa3') && text.slice(0, 64).includes('webm'))
    return /V_(VP8|VP9|AV1|MPEG4)/.test(text) ? 'video/webm' : 'audio/webm'
  if (text.startsWith('OggS')) return 'audio/ogg'
  if (!text.startsWith('ftyp', 4)) return undefined
  return text.startsWith('M4A', 8) || (text.includes('soun') && !text.includes('vide')) ? 'audio/mp4' : 'video/mp4'
}

/** ISO 32000 §7.5.2; ECMA-376 part 2: a ZIP file whose first parts stand under the folder of its kind. */
function paper(text: string): MediaType | undefined {
  if (text.startsWith('%PDF-')) return 'application/pdf'
  if (!text.startsWith('PK\x03\x04') || !/\[Content_Types\]|_rels\/|docProps\//.test(text)) return undefined
  if (text.includes('word/')) return `${office}.wordprocessingml.document`
  if (text.includes('xl/')) return `${office}.spreadsheetml.sheet`
  return text.includes('ppt/') ? `${office}.presentationml.presentation` : undefined
}

/** Does what the sender said agree with what the bytes say? Sound and picture may share a container. */
export function agrees(said: string, sniffed: MediaType): boolean {
  const kind = (type: string) => type.split('/')[0]?.replace('audio', 'video')
  return said === '' || said === 'application/octet-stream' || kind(said) === kind(sniffed)
}
