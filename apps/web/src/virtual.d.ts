declare module 'virtual:routes' {
  /** Contract id → [method, path, 1 where a write may be sent again]. */
  const table: Readonly<Record<string, readonly [method: string, path: string, idempotent?: 1]>>
  export default table
}
