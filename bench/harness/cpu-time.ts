import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/**
 * Processor seconds since each began. On a busy machine they say what an answer costs where the clock says only how
 * long it waited.
 */
export interface CpuTime {
  server: number
  database: number
}

// Linux counts /proc/<pid>/stat in hundredths of a second (USER_HZ), whatever the kernel ticks.
const ticksPerSecond = 100

interface ProcessStat {
  parent: number
  /** Its own seconds and those of its children that have ended. */
  seconds: number
}

function statOf(pid: string): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { parent: Number(fields[1]), seconds: ticks / ticksPerSecond }
  } catch {
    return undefined // it ended between the listing and the look
  }
}

/** What a process has used since it began; from /proc, so Linux only. */
export const cpuSecondsOf = (pid: number): number => statOf(String(pid))?.seconds ?? Number.NaN

/** What a server process and the PostgreSQL behind the owner's connection have used; from /proc, so Linux only. */
export async function readCpuTime(owner: pg.Pool, serverPid = process.pid): Promise<CpuTime> {
  const { rows } = await owner.query<{ data_directory: string }>('show data_directory')
  const postmaster = Number(readFileSync(join(rows[0]?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0])
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = statOf(pid)
      return stat && (Number(pid) === postmaster || stat.parent === postmaster) ? [stat.seconds] : []
    })
  const server = cpuSecondsOf(serverPid)
  return { server, database: stats.reduce((sum, seconds) => sum + seconds, 0) }
}

/** Milliseconds of processor per answer between two readings. */
export function cpuPerAnswer(before: CpuTime, after: CpuTime, answers: number): CpuTime {
  return {
    server: ((after.server - before.server) * 1000) / answers,
    database: ((after.database - before.database) * 1000) / answers,
  }
}
