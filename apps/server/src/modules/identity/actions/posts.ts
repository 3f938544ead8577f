import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { identityErrors } from '../errors.ts'
import { managedPath, managedStaff } from './managed-unit.ts'

export interface PostFields {
  title: string
  degree: string
  specialties: string[]
  licenceNo: string
  licenceIssuer: string
  licenceDate: string | null
  licenceScope: string
  weeklyHours: number | null
  isPublic: boolean
}

export type NewPost = PostFields & { postId: string; facilityId: string }

function columnsOf(post: PostFields) {
  return {
    title: post.title, degree: post.degree, specialties: post.specialties, licence_no: post.licenceNo, licence_issuer: post.licenceIssuer,
    licence_date: post.licenceDate, licence_scope: post.licenceScope, weekly_hours: post.weeklyHours, is_public: post.isPublic,
  }
}

/** Writes a post; the same id twice is the same post, another's id is refused. */
export async function insertPost({ tx, now }: Work, personId: string, post: NewPost): Promise<void> {
  await tx.insertInto('identity.staff_post')
    .values({ id: post.postId, person_id: personId, facility_id: post.facilityId, ...columnsOf(post), valid_from: now, valid_until: null })
    .onConflict((conflict) => conflict.column('id').doNothing()).execute()
  const kept = await tx.selectFrom('identity.staff_post').where('id', '=', post.postId).select(['person_id', 'facility_id']).executeTakeFirstOrThrow()
  if (kept.person_id !== personId || kept.facility_id !== post.facilityId) throw platformErrors.ID_TAKEN()
}

/** A further post for a staff member one manages. */
export async function addPost(work: Work, personId: string, post: NewPost) {
  await managedPath(work, post.facilityId)
  await managedStaff(work, personId)
  await insertPost(work, personId, post)
  work.audit({ action: 'identity.addPost', subject: 'staff_post', subjectId: post.postId, facilityId: post.facilityId })
  return { postId: post.postId }
}

/** Corrects a live post of a unit one manages. */
export async function editPost(work: Work, postId: string, post: PostFields) {
  const { facilityId } = await managedPost(work, postId)
  const { numUpdatedRows } = await work.tx.updateTable('identity.staff_post').set(columnsOf(post))
    .where('id', '=', postId).where('valid_until', 'is', null).executeTakeFirst()
  if (!numUpdatedRows) throw identityErrors.POST_ENDED()
  work.audit({ action: 'identity.editPost', subject: 'staff_post', subjectId: postId, facilityId })
  return { done: true as const }
}

/** Ends a post and takes back the roles the person holds at that very unit, unless another post there goes on. */
export async function endPost(work: Work, postId: string) {
  const { facilityId, personId } = await managedPost(work, postId)
  await managedStaff(work, personId)
  const { tx, now } = work
  const { numUpdatedRows } = await tx.updateTable('identity.staff_post').set({ valid_until: sql`greatest(valid_from, ${now})` })
    .where('id', '=', postId).where('valid_until', 'is', null).executeTakeFirst()
  if (!numUpdatedRows) throw identityErrors.POST_ENDED()
  const other = await tx.selectFrom('identity.staff_post').where('person_id', '=', personId).where('facility_id', '=', facilityId).where('valid_until', 'is', null).select('id').executeTakeFirst()
  if (!other) {
    await tx.updateTable('identity.role_grant').set({ valid_until: sql`greatest(valid_from, ${now})`, revoked_by: work.actor.personId })
      .where('person_id', '=', personId).where('facility_id', '=', facilityId).where('valid_until', 'is', null).execute()
  }
  work.audit({ action: 'identity.endPost', subject: 'staff_post', subjectId: postId, facilityId })
  return { done: true as const }
}

async function managedPost(work: Work, postId: string): Promise<{ facilityId: string; personId: string }> {
  const post = await work.tx.selectFrom('identity.staff_post').where('id', '=', postId).select(['facility_id', 'person_id']).executeTakeFirst()
  if (!post) throw platformErrors.NOT_FOUND()
  await managedPath(work, post.facility_id)
  return { facilityId: post.facility_id, personId: post.person_id }
}
