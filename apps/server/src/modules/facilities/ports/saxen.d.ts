declare module 'saxen' {
  type Attributes = Record<string, string>

  /** Only what we use. `attributes()` is false where they are broken. */
  export class Parser {
    on(
      event: 'openTag',
      handle: (name: string, attributes: () => Attributes | false, decode: unknown, selfClosing: boolean) => void,
    ): this
    on(event: 'closeTag', handle: (name: string, decode: unknown, selfClosing: boolean) => void): this
    on(event: 'text' | 'cdata' | 'comment' | 'question' | 'attention', handle: (value: string) => void): this
    write(chunk: string): this
    end(): Error | null
  }
}
