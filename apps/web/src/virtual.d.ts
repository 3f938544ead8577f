declare module 'virtual:routes' {
  /** Contract id → [method, path]. */
  const table: Readonly<Record<string, readonly [method: string, path: string]>>
  export default table
}
