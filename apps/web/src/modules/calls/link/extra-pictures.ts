/** What a further picture of somebody shows. */
export type PictureKind = 'screen' | 'document' | 'camera'

const kinds: readonly string[] = ['screen', 'document', 'camera'] satisfies PictureKind[]

/** Long enough for "Camera soi tai mũi họng", short enough for a caption. */
const LONGEST_LABEL = 40

/** The name under which a further picture is published: its kind, a number of the page's own, and its label. */
export const nameOfPicture = (kind: PictureKind, no: number, label: string): string =>
  `${kind}:${no}:${label.trim().slice(0, LONGEST_LABEL)}`

/** What a published name says; null for the usual microphone and camera, and for names that are none of ours. */
export function readPictureName(name: string): { kind: PictureKind; label: string } | null {
  const [kind = '', no = '', ...label] = name.split(':')
  if (!kinds.includes(kind) || !/^\d{1,4}$/.test(no)) return null
  return { kind: kind as PictureKind, label: label.join(':').slice(0, LONGEST_LABEL) }
}
