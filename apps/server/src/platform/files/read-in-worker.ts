import { Worker } from 'node:worker_threads'
import { CodedError, platformErrors } from '../errors/coded-error.ts'

/** What a reader may use before it is ended, whatever it is doing. */
export interface ReaderLimits {
  seconds: number
  /** Of its JavaScript heap; bytes outside it a reader counts itself. */
  heapMegabytes: number
  /** Whose turns it takes. Files that anybody may send, signed in or not, never hold up those of staff. */
  pool?: 'strangers'
}

/** A module that reads one kind of file. Runs in a thread of its own, without the environment's secrets. */
export interface FileReader<O, T> {
  read(bytes: Uint8Array, options: O): Promise<T> | T
}

/** What the thread answers; see reader-thread.ts. */
export type ReaderAnswer =
  | { value: unknown }
  | { refusal: { code: string; status: number; params: Record<string, unknown> | undefined } }
  | { failure: string }

interface Pool {
  /** Threads at once, and callers that may wait for one: who comes after those is told to come again. */
  readonly atOnce: number
  readonly waitingAtMost: number
  running: number
  waiting: (() => void)[]
}

const pools: Record<'own' | 'strangers', Pool> = {
  own: { atOnce: 2, waitingAtMost: 8, running: 0, waiting: [] },
  strangers: { atOnce: 1, waitingAtMost: 4, running: 0, waiting: [] },
}

/**
 * Reads a file from a stranger in a worker thread: a hostile one costs its own thread some seconds and nobody else
 * anything. `module` is the URL of a `FileReader`; what it refuses with a coded error arrives as that.
 */
export async function readInWorker<T>(
  module: URL,
  bytes: Uint8Array,
  options: unknown,
  limits: ReaderLimits,
): Promise<T> {
  const pool = pools[limits.pool ?? 'own']
  await takeTurn(pool)
  try {
    return (await runThread(module, bytes, options, limits)) as T
  } finally {
    endTurn(pool)
  }
}

async function takeTurn(pool: Pool): Promise<void> {
  if (pool.running < pool.atOnce) {
    pool.running++
    return
  }
  if (pool.waiting.length >= pool.waitingAtMost) throw platformErrors.FILE_READER_BUSY()
  await new Promise<void>((turn) => void pool.waiting.push(turn))
}

/** Whoever waits takes the turn over, so that nobody comes between. */
function endTurn(pool: Pool): void {
  const next = pool.waiting.shift()
  if (next) next()
  else pool.running--
}

function runThread(module: URL, bytes: Uint8Array, options: unknown, limits: ReaderLimits): Promise<unknown> {
  const copy = Uint8Array.from(bytes) // of its own: a slice would take its whole pool along
  const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: { module: module.href, bytes: copy, options },
    transferList: [copy.buffer],
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(platformErrors.FILE_TAKES_TOO_LONG())), limits.seconds * 1000)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    worker.once('message', (answer: ReaderAnswer) => end(() => settleWith(answer, resolve, reject)))
    worker.once('error', (error: NodeJS.ErrnoException) => {
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? platformErrors.FILE_NEEDS_TOO_MUCH_MEMORY() : error))
    })
    worker.once('exit', () => end(() => reject(new Error('the reader ended without an answer'))))
  })
}

function settleWith(answer: ReaderAnswer, resolve: (value: unknown) => void, reject: (error: Error) => void): void {
  if ('value' in answer) return resolve(answer.value)
  if ('failure' in answer) return reject(new Error(`a file reader failed: ${answer.failure}`))
  const { code, status, params } = answer.refusal
  reject(new CodedError(code, status, params))
}
