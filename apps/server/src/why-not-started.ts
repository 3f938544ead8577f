import { DataDirInUse } from './platform/db/embedded.ts'
import { isDiskFull } from './platform/db/disk-watch.ts'
import { isUnavailable } from './platform/db/unavailable.ts'
import { StartRefused } from './platform/errors/start-refused.ts'
import { ProcessRefused } from './platform/processes/processes.ts'

type Failure = Partial<Error> & { code?: string; port?: number; cause?: unknown }

/**
 * What PostgreSQL says of a wrong login, a missing database or a right that lacks (appendix A of its manual), in words.
 */
const ofDatabase: Readonly<Record<string, (said: string) => string>> = {
  '28P01': refusedLogin,
  '28000': refusedLogin,
  '3D000': (said) => `Không có cơ sở dữ liệu đó · there is no such database: ${said}`,
  '42501': (said) => `Tài khoản cơ sở dữ liệu thiếu quyền · the database login lacks a right: ${said}`,
  '42704': (said) => `Cơ sở dữ liệu thiếu một tài khoản · the database lacks a login: ${said}`,
}

function refusedLogin(said: string): string {
  return `Sai mật khẩu hoặc tài khoản cơ sở dữ liệu · the database refuses the login (DATABASE_URL, APP_DATABASE_URL or AUTH_DATABASE_URL): ${said}`
}

/** May the same start succeed later, with nothing changed by anybody? */
export function mayPass(error: unknown): boolean {
  if (error instanceof ProcessRefused) return error.mayPass
  return isFull(error) || (isUnavailable(error) && !known(error))
}

/** Why the server did not start: one line for all that can be foreseen, the stack for what cannot. */
export function whyNotStarted(error: unknown): string {
  const { code, port, message } = error as Failure
  if (code === 'EADDRINUSE')
    return `Cổng ${port} đang được dùng, chọn cổng khác (PORT, METRICS_PORT) · port ${port} is in use; choose another (PORT, METRICS_PORT)`
  if (code === 'EACCES' && port !== undefined)
    return `Không được phép mở cổng ${port} · port ${port} may not be opened by this user`
  if ([DataDirInUse, ProcessRefused, StartRefused].some((kind) => error instanceof kind)) return message ?? ''
  if (isFull(error)) return 'Đĩa đầy, không khởi động được · the disk is full, the server cannot start'
  const say = known(error)
  if (say) return say
  if (isUnavailable(error))
    return `Không nối được cơ sở dữ liệu hoặc Redis · The database or Redis does not answer: ${oneLine(String(error))}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isFull(error: unknown): boolean {
  return isDiskFull(error) || (error as Failure).code === 'ENOSPC'
}

/** The driver's own error, or the one a migration wrapped. */
function known(error: unknown): string | undefined {
  for (let one = error as Failure | undefined; one; one = one.cause as Failure | undefined) {
    const say = ofDatabase[one.code ?? '']
    if (say) return oneLine(say(one.message ?? ''))
  }
  return undefined
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
