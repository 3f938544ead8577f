import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { relative } from 'node:path'
import { StartRefused } from '../../platform/errors/start-refused.ts'
import { noRoom } from './no-room.ts'

/** Longest path of a Unix socket that every system takes (macOS: 104 bytes with the final zero). */
const SOCKET_PATH_BYTES = 100

export class DataDirInUse extends Error {
  override name = 'DataDirInUse'
}

/**
 * Says "this data directory is mine" for as long as this process lives: a listening socket beside the directory, which
 * the kernel closes even on kill -9, so that, unlike a file with a process number, it can never be stale. Returns what
 * gives the directory back.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = socketPath(`${dataDir}.lock`)
  if (await answers(path))
    throw new DataDirInUse(
      `Một máy chủ khác đang dùng ${dataDir}: hãy dừng nó, hoặc đặt DATA_DIR khác · another server is using ${dataDir}: stop it, or set another DATA_DIR`,
    )
  rmSync(path, { force: true })
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        noRoom(cause.message) ??
          new StartRefused(
            `Không dùng được ${dataDir} (của tài khoản khác?) · ${dataDir} cannot be used (another account's?): ${cause.message}`,
            { cause },
          ),
      ),
    )
    server.listen(path, resolve)
  })
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

function socketPath(path: string): string {
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) return path
  const fromHere = relative(process.cwd(), path)
  if (Buffer.byteLength(fromHere) <= SOCKET_PATH_BYTES) return fromHere
  return `/tmp/moinha-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.lock`
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
