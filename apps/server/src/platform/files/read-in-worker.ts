import { Worker } from 'node:worker_threads'
import { CodedError, platformErrors } from '../errors/coded-error.ts'

/** What a reader may use before it is ended, whatever it is doing. */
export interface ReaderLimits {
  seconds: number
  /** Of its JavaScript heap; bytes outside it a reader counts itself. */
  heapMegabytes: number
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

/** Threads at once, and callers that may wait for one: a third file waits, the eleventh is told to come again. */
const atOnce = 2
const waitingAtMost = 8

let running = 0
const waiting: (() => void)[] = []

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
  await takeTurn()
  try {
    return (await runThread(module, bytes, options, limits)) as T
  } finally {
    running--
    waiting.shift()?.()
  }
}

async function takeTurn(): Promise<void> {
  if (running >= atOnce) {
    if (waiting.length >= waitingAtMost) throw platformErrors.FILE_READER_BUSY()
    await new Promise<void>((turn) => void waiting.push(turn))
  }
  running++
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
