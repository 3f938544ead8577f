import { Worker } from 'node:worker_threads'
import { CodedError, platformErrors } from '../errors/coded-error.ts'
import type { Paper } from './paper.ts'

/** What the thread answers; see drawing-thread.ts. */
export type DrawingAnswer =
  | { bytes: Uint8Array }
  | { refusal: { code: string; status: number; params: Record<string, unknown> | undefined } }
  | { failure: string }

/** One paper may take so long; a hundred pages take about a second. */
const secondsEach = 20
/** Without work the thread ends and gives its memory back. */
const idleSeconds = 60
/** More that wait are told to come again. */
const waitingAtMost = 40
/** Letters of a paper, its field names included. */
const mostLetters = 2_000_000

let thread: Worker | undefined
let idle: NodeJS.Timeout | undefined
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * A paper as the bytes of a PDF, the same bytes for the same paper. Drawn in a thread of its own, one after the other:
 * nobody's request waits for the processor. Ask it outside a transaction.
 */
export async function drawPaper(paper: Paper): Promise<Uint8Array> {
  if (JSON.stringify(paper).length > mostLetters) throw platformErrors.PAPER_TOO_LONG()
  if (waiting >= waitingAtMost) throw platformErrors.FILE_READER_BUSY()
  waiting++
  const mine = last.then(() => drawNext(paper))
  last = mine.catch(() => undefined)
  return mine.finally(() => void waiting--)
}

async function drawNext(paper: Paper): Promise<Uint8Array> {
  clearTimeout(idle)
  const worker = (thread ??= startThread())
  try {
    return bytesOf(await ask(worker, paper))
  } finally {
    idle = setTimeout(() => endThread(worker), idleSeconds * 1000).unref()
  }
}

function startThread(): Worker {
  const worker = new Worker(new URL('./drawing-thread.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  worker.unref()
  worker.once('exit', () => {
    if (thread === worker) thread = undefined
  })
  return worker
}

function endThread(worker: Worker): void {
  if (thread === worker) thread = undefined
  void worker.terminate()
}

function ask(worker: Worker, paper: Paper): Promise<DrawingAnswer> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.removeAllListeners('message').removeAllListeners('error')
      settle()
    }
    const timer = setTimeout(() => {
      endThread(worker)
      end(() => reject(platformErrors.FILE_TAKES_TOO_LONG()))
    }, secondsEach * 1000)
    worker.once('message', (answer: DrawingAnswer) => end(() => resolve(answer)))
    worker.once('error', (error: NodeJS.ErrnoException) => {
      endThread(worker)
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? platformErrors.PAPER_TOO_LONG() : error))
    })
    worker.postMessage(paper)
  })
}

function bytesOf(answer: DrawingAnswer): Uint8Array {
  if ('bytes' in answer) return answer.bytes
  if ('failure' in answer) throw new Error(`a paper could not be drawn: ${answer.failure}`)
  const { code, status, params } = answer.refusal
  throw new CodedError(code, status, params)
}
