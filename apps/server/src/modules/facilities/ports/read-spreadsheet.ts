import { readInWorker } from '../../../platform/files/read-in-worker.ts'
import type { FileSheets } from '../domain/sheets.ts'

const reader = new URL('./spreadsheet-reader.ts', import.meta.url)

/** The whole network of the country, every sheet, takes a second and 120 MB on a small machine. */
const limits = { seconds: 15, heapMegabytes: 320 }

/** Reads an uploaded spreadsheet by what it is, in a thread of its own; what is wrong with it is a coded refusal. */
export function readSpreadsheet(file: Uint8Array | undefined, declared: string): Promise<FileSheets> {
  return readInWorker<FileSheets>(reader, file ?? new Uint8Array(), declared, limits)
}
