import { parentPort } from 'node:worker_threads'
import { CodedError } from '../errors/coded-error.ts'
import type { DrawingAnswer } from './draw-in-thread.ts'
import { drawHere } from './draw-paper.ts'
import type { Paper } from './paper.ts'

// The inside of the thread: one paper after the other. What it fails with carries no text of the paper.

async function answer(paper: Paper): Promise<DrawingAnswer> {
  try {
    return { bytes: await drawHere(paper) }
  } catch (error) {
    if (error instanceof CodedError)
      return { refusal: { code: error.code, status: error.status, params: error.params } }
    return { failure: error instanceof Error ? error.name : typeof error }
  }
}

parentPort?.on('message', (paper: Paper) => void answer(paper).then((done) => parentPort?.postMessage(done)))
