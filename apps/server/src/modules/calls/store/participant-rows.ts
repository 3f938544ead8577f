import type { Participant } from '@moinha/contracts/calls'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { ParticipantTable } from './tables.ts'

const toParticipant = (row: Selectable<ParticipantTable>): Participant => ({
  socketId: row.socket_id,
  peer: row.peer,
  device: row.device,
  personId: row.person_id,
  name: row.name,
  role: row.role,
  guest: row.guest,
  transport: row.transport,
})

/** Who is in the room now, over all processes; those of a process that is gone are not. */
export async function participantsIn(tx: Tx, visitId: string): Promise<Participant[]> {
  return (await participantsOfVisits(tx, [visitId])).get(visitId) ?? []
}

/** The same for many rooms in one query. */
export async function participantsOfVisits(tx: Tx, visitIds: readonly string[]): Promise<Map<string, Participant[]>> {
  const participants = new Map<string, Participant[]>()
  if (visitIds.length === 0) return participants
  const rows = await tx
    .selectFrom('calls.participant as p')
    .selectAll('p')
    .where(sql<boolean>`p.visit_id = any (${visitIds}::uuid[])`)
    .where(sql<boolean>`exists (select from platform.process x where x.id = p.process_id)`)
    .orderBy('p.joined_at')
    .orderBy('p.socket_id')
    .execute()
  for (const row of rows)
    participants.set(row.visit_id, [...(participants.get(row.visit_id) ?? []), toParticipant(row)])
  return participants
}

export async function insertParticipant(
  tx: Tx,
  row: { visitId: string; processId: string; sessionId: string | null; participant: Participant; at: Date },
): Promise<void> {
  const { participant } = row
  await tx
    .insertInto('calls.participant')
    .values({
      visit_id: row.visitId,
      process_id: row.processId,
      session_id: row.sessionId,
      joined_at: row.at,
      socket_id: participant.socketId,
      peer: participant.peer,
      device: participant.device,
      person_id: participant.personId,
      name: participant.name,
      role: participant.role,
      guest: participant.guest ?? false,
      transport: participant.transport,
    })
    .execute()
}

/** Is a page of this session in a room now? */
export async function isInRoom(tx: Tx, sessionId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('calls.participant as p')
    .where('p.session_id', '=', sessionId)
    .where(sql<boolean>`exists (select from platform.process x where x.id = p.process_id)`)
    .select('p.visit_id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** They are in the room no more; answers how many were. */
export async function removeParticipants(tx: Tx, visitId: string, socketIds: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('calls.participant')
    .where('visit_id', '=', visitId)
    .where(sql<boolean>`socket_id = any (${socketIds}::text[])`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** One person is in the room no more, on any page; answers as whom they were. */
export async function removeParticipantsOfPerson(tx: Tx, visitId: string, personId: string): Promise<Participant[]> {
  const rows = await tx
    .deleteFrom('calls.participant')
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .returningAll()
    .execute()
  return rows.map(toParticipant)
}

/** Empties a finished room. */
export async function removeAllParticipants(tx: Tx, visitId: string): Promise<void> {
  await tx.deleteFrom('calls.participant').where('visit_id', '=', visitId).execute()
}

/** Clears the participants of these processes, and of those nobody knows any more. */
export async function removeParticipantsOf(
  tx: Tx,
  processIds: readonly string[],
): Promise<{ visitId: string; participant: Participant }[]> {
  const rows = await tx
    .deleteFrom('calls.participant')
    .where((where) =>
      where.or([
        sql<boolean>`process_id = any (${[...processIds]}::uuid[])`,
        sql<boolean>`not exists (select from platform.process p where p.id = process_id)`,
      ]),
    )
    .returningAll()
    .execute()
  return rows.map((row) => ({ visitId: row.visit_id, participant: toParticipant(row) }))
}
