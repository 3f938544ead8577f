import { z } from 'zod'

const Place = z.object({ phrase: z.int(), serves: z.int(), name: z.string(), id: z.uuid() })

/** Where a page of the search ended; the next begins behind it. */
export type SearchPlace = z.infer<typeof Place>

export function writePlace({ phrase, serves, name, id }: SearchPlace): string {
  return Buffer.from(JSON.stringify({ phrase, serves, name, id })).toString('base64url')
}

/** The place, or undefined when the text is none of ours: the search then begins at the top. */
export function readPlace(text: string | undefined): SearchPlace | undefined {
  if (!text) return undefined
  try {
    return Place.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
