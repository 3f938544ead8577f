import { parentPort, workerData } from 'node:worker_threads'
import { CodedError } from '../errors/coded-error.ts'
import type { FileReader, ReaderAnswer } from './read-in-worker.ts'

// The inside of the thread: one file, one answer. What it fails with carries no text of the file.

const { module, bytes, options } = workerData as { module: string; bytes: Uint8Array; options: unknown }

async function answer(): Promise<ReaderAnswer> {
  try {
    const reader = (await import(module)) as FileReader<unknown, unknown>
    return { value: await reader.read(bytes, options) }
  } catch (error) {
    if (error instanceof CodedError)
      return { refusal: { code: error.code, status: error.status, params: error.params } }
    return { failure: error instanceof Error ? error.name : typeof error }
  }
}

parentPort?.postMessage(await answer())
