import { sql, type ColumnType, type Generated, type Selectable } from 'kysely'
import type { Tx } from '../db/database.ts'
import { isMediaType, type MediaType } from './media-types.ts'

interface FileTable {
  id: string
  purpose: string
  subject_id: string
  name: string
  said_type: Generated<string>
  detail: ColumnType<unknown, string, string>
  media_type: string | null
  size: number
  sha256: Uint8Array | null
  key_id: string
  sealed_key: Uint8Array
  created_by: string | null
  created_at: Date
  completed_at: Date | null
  refused_as: string | null
  retain_until: Date | null
  deleted_at: Date | null
}

interface FileLockTable {
  file_id: string
  token: string
  until: Date
  wanted: Generated<boolean>
}

declare module '../db/schema.ts' {
  interface Schema {
    'platform.file': FileTable
    'platform.file_lock': FileLockTable
  }
}

export type FileRow = Selectable<FileTable>

/** A file that is whole, as its module sees it. */
export interface StoredFile {
  id: string
  purpose: string
  /** The thing of the module it belongs to. */
  subjectId: string
  /** As its sender called it. */
  name: string
  detail: unknown
  mediaType: MediaType
  size: number
  /** Hexadecimal. */
  sha256: string
  createdBy: string | null
  createdAt: Date
}

export function storedFile(row: FileRow): StoredFile {
  if (!isMediaType(row.media_type) || !row.sha256) throw new Error(`file ${row.id} is not whole`)
  return {
    id: row.id,
    purpose: row.purpose,
    subjectId: row.subject_id,
    name: row.name,
    detail: row.detail,
    mediaType: row.media_type,
    size: Number(row.size),
    sha256: Buffer.from(row.sha256).toString('hex'),
    createdBy: row.created_by,
    createdAt: row.created_at,
  }
}

export function fileRow(tx: Tx, id: string): Promise<FileRow | undefined> {
  return tx.selectFrom('platform.file').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Is it given up? If so its row is held until the transaction ends. */
export async function holdGivenUp(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('platform.file')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Those of these files that are whole and not removed. */
export async function wholeFiles(tx: Tx, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  return tx
    .selectFrom('platform.file')
    .selectAll()
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .where('completed_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .execute()
}

type NewFile = Omit<FileRow, 'detail' | 'said_type' | 'completed_at' | 'refused_as' | 'retain_until' | 'deleted_at'>

/** Inserts the row unless it is there; answers the row that stands. */
export async function insertFile(
  tx: Tx,
  row: NewFile & { detail: string; said_type?: string },
): Promise<FileRow | undefined> {
  await tx
    .insertInto('platform.file')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return fileRow(tx, row.id)
}

/** How many files this person began to send and did not finish. */
export async function unfinishedOf(tx: Tx, personId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('platform.file')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('created_by', '=', personId)
    .where('completed_at', 'is', null)
    .where('refused_as', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export async function updateFile(
  tx: Tx,
  id: string,
  set: Partial<Pick<FileRow, 'media_type' | 'sha256' | 'completed_at' | 'refused_as' | 'retain_until' | 'deleted_at'>>,
): Promise<void> {
  await tx.updateTable('platform.file').set(set).where('id', '=', id).execute()
}

/** Begun before, never whole: their bytes are looked at and swept. */
export function unfinishedBefore(tx: Tx, before: Date, limit: number): Promise<{ id: string }[]> {
  return tx
    .selectFrom('platform.file')
    .select('id')
    .where('created_at', '<', before)
    .where('completed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .limit(limit)
    .execute()
}
