import { readFileSync } from 'node:fs'
import { DATABASE, OWNER_ROLE } from './cluster.ts'

/** The owner's address of an embedded cluster that another process runs; its port and password lie beside it. */
export function runningOwnerUrl(dataDir: string): string {
  const port = readFileSync(`${dataDir}.port`, 'utf8').trim()
  const password = readFileSync(`${dataDir}.password`, 'utf8').trim()
  return `postgres://${OWNER_ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`
}
