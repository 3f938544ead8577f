import type { MediaRole } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Transact, type Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import type { Jobs } from '../../../platform/jobs/jobs.ts'
import { mediaIdentity, mediaRoom } from '../domain/media-pass.ts'
import { mediaRights } from '../domain/media-role.ts'
import { serverOf, type CallEngine } from '../ports/livekit.ts'
import { passesOfMembers } from '../store/media-pass-rows.ts'
import { findVisit, membersOf, updateMediaRole } from '../store/visit-rows.ts'

interface OfMembers {
  visitId: string
  personIds: readonly string[]
}

const applyRole = defineJob<OfMembers>('calls.applyMediaRole', {
  vi: 'Đổi quyền nói trong cuộc gọi',
  en: 'Change who may speak in a call',
})
const mute = defineJob<OfMembers>('calls.muteMembers', { vi: 'Tắt micrô của người khác', en: 'Mute other people' })

/** Gives a member another part in the room, also in the middle of a call: a listener who is to speak, and back. */
export async function setMediaRole(work: Work, visitId: string, personId: string, role: MediaRole): Promise<void> {
  const changed = await asSystem(work, systemActor, ({ tx }) => updateMediaRole(tx, visitId, personId, role))
  if (!changed) return
  await work.enqueue(applyRole, { visitId, personIds: [personId] })
  await work.live(`visit:${visitId}`, 'call:members', { visitId })
  work.audit({ action: 'calls.setMediaRole', subject: 'visit', subjectId: visitId, detail: { role } })
}

/** The media server follows the parts that these members were given by one write. */
export async function applyMediaRoles(work: Work, visitId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length > 0) await work.enqueue(applyRole, { visitId, personIds })
}

/** Silences the microphones of these members at the media server; they may switch them on again. */
export async function muteMembers(work: Work, visitId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await work.enqueue(mute, { visitId, personIds })
  work.audit({
    action: 'calls.muteMembers',
    subject: 'visit',
    subjectId: visitId,
    detail: { people: personIds.length },
  })
}

/** The places at the media server of these members, and what each may do there now. */
function placesAtServer(transact: Transact, { visitId, personIds }: OfMembers) {
  return transact(
    systemActor,
    async ({ tx }) => {
      const visit = await findVisit(tx, visitId)
      if (!visit || visit.finished_at !== null) return []
      const roles = new Map((await membersOf(tx, [visitId])).map((one) => [one.person_id, one.media_role]))
      const room = mediaRoom(visitId, visit.media_room_no)
      return (await passesOfMembers(tx, visitId, personIds)).flatMap((pass) => {
        const role = roles.get(pass.person_id)
        const place = { node: visit.media_node, room, identity: mediaIdentity(pass) }
        return role === undefined ? [] : [{ ...place, rights: mediaRights(role) }]
      })
    },
    'call:media-role',
  )
}

/** What changed in the house is done at the media server; one that does not answer is asked again. */
export function registerMediaRoleJobs(
  { jobs, transact }: { jobs: Jobs; transact: Transact },
  engine: () => CallEngine,
): void {
  jobs.onOutside(applyRole, async (members) => {
    for (const { node, room, identity, rights } of await placesAtServer(transact, members))
      await serverOf(engine(), { media_node: node })?.setRights(room, identity, rights)
  })
  jobs.onOutside(mute, async (members) => {
    for (const { node, room, identity } of await placesAtServer(transact, members))
      await serverOf(engine(), { media_node: node })?.muteMicrophone(room, identity)
  })
}
