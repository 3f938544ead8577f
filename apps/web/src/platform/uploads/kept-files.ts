/** A file that is to be sent: kept by the browser until the server has it, so that a reload loses nothing. */
export interface KeptFile {
  id: string
  /** Whose it is: nobody else who uses this browser sends it. */
  personId: string
  purpose: string
  subjectId: string
  name: string
  detail: object
  blob: Blob
  at: number
}

const keptForMs = 7 * 24 * 3_600_000

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('moinha-uploads', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('files', { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no database'))
  })
  return opened
}

async function run<T>(mode: IDBTransactionMode, ask: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  return new Promise<T>((resolve, reject) => {
    const transaction = database.transaction('files', mode)
    const request = ask(transaction.objectStore('files'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
  })
}

/** Keeps a file; where the browser keeps nothing (a private window, no room), it is sent all the same. */
export async function keepFile(file: KeptFile): Promise<void> {
  await run('readwrite', (files) => files.put(file)).catch(() => undefined)
}

export async function forgetFile(id: string): Promise<void> {
  await run('readwrite', (files) => files.delete(id)).catch(() => undefined)
}

/** Did another tab send it meanwhile? */
export async function isKept(id: string): Promise<boolean> {
  return run('readonly', (files) => files.getKey(id)).then(
    (key) => key !== undefined,
    () => false,
  )
}

/** What this person's files wait here, oldest first; what waited for a week is forgotten. */
export async function keptFiles(personId: string, now: number = Date.now()): Promise<KeptFile[]> {
  const all = await run<KeptFile[]>('readonly', (files) => files.getAll()).catch(() => [])
  for (const { id, at } of all) if (now - at > keptForMs) await forgetFile(id)
  return all
    .filter((file) => file.personId === personId && now - file.at <= keptForMs)
    .sort((one, other) => one.at - other.at)
}
