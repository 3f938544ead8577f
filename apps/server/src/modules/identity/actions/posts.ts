import type { Qualification } from '@moinha/contracts/qualifications'
import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { closePost, correctPost, writePost } from '../store/owner-functions.ts'
import { managedPath, managedPost, managedStaff } from './managed-unit.ts'

export interface PostFields {
  qualification: Qualification['code']
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

/** Writes a post; the same id twice is the same post, another's id is refused. */
export async function insertPost(
  work: Work,
  personId: string,
  { postId, facilityId, ...fields }: NewPost,
): Promise<void> {
  await writePost(work, { postId, personId, facilityId }, fields)
}

/** A further post for a staff member one manages, never for oneself: a post opens a unit's patients. */
export async function addPost(work: Work, personId: string, post: NewPost) {
  await managedPath(work, post.facilityId)
  await managedStaff(work, personId)
  await insertPost(work, personId, post)
  return { postId: post.postId }
}

/** Corrects a live post of a unit one manages, never one's own. */
export async function editPost(work: Work, postId: string, post: PostFields) {
  await managedPost(work, postId)
  if (!(await correctPost(work, postId, post))) throw identityErrors.POST_ENDED()
  return { done: true as const }
}

/** Ends a post and takes back the roles the person holds at that very unit, unless another post there goes on. */
export async function endPost(work: Work, postId: string) {
  const { personId } = await managedPost(work, postId)
  await managedStaff(work, personId)
  if (!(await closePost(work, postId))) throw identityErrors.POST_ENDED()
  return { done: true as const }
}
