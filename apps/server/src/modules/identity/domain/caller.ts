/** Where a request comes from, as far as signing in cares. */
export interface Caller {
  address: string
  port: number | null
  device: string | null
  cookie: string
  requestId: string
}
