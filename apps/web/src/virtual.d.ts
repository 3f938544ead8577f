declare module 'virtual:routes' {
  /** Contract id → [method, path, 1 where a write may be sent again]. */
  const table: Readonly<Record<string, readonly [method: string, path: string, idempotent?: 1]>>
  export default table
}

declare module 'virtual:public-words/*' {
  /** The words of the module's public pages: apps/web/build/public-words.ts. */
  const words: Readonly<Record<string, string>>
  export default words
}
