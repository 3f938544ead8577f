/**
 * What the HTTP server and the web's page renderer agree on. Neither imports the other: the built renderer is loaded at
 * boot.
 */

/** One page as it was asked for. Nothing in here says who asks. */
export interface PageAsked {
  path: string
  /** With its question mark, or empty. */
  search: string
  hostname: string
  language: 'vi' | 'en'
  /** Somebody may be signed in: then what only strangers see is left out, and nothing private is put in. */
  someone: boolean
}

/** Reads a GET route of the contract as nobody in particular. */
export type ReadForPage = (address: string) => Promise<{ status: number; body: unknown }>

export interface ServedDocument {
  status: number
  html: string
  /** Style sheets written into the page, for the content policy to let in. */
  styles: readonly string[]
  /** Addresses of the scripts it begins with, the entry first: named ahead of the page itself. */
  scripts: readonly string[]
}

export interface PageServer {
  /** Address patterns of the pages that come with their content. */
  paths: readonly string[]
  serve: (asked: PageAsked, read: ReadForPage) => Promise<ServedDocument>
}

/** What a bundler's manifest says of one source file. */
export interface BuiltFile {
  file: string
  name?: string
  css?: string[]
  imports?: string[]
}

export interface PageServerParts {
  /** The built page without content. */
  template: string
  manifest: Readonly<Record<string, BuiltFile>>
  /** Text of a built file. */
  readBuilt: (file: string) => string
  /** Public address of the product, for links that must be absolute. */
  origin: string | undefined
}

export type OpenPageServer = (parts: PageServerParts) => Promise<PageServer>
