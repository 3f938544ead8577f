/** Waiting pages knock again so often that one which was closed is soon out of the list. */
const KNOCK_VALID_SECONDS = 60

/** Does this member wait at the door? Hosts never do; who was let in may always return. */
export const mustWait = (
  visit: { readonly lobby: boolean },
  member: { readonly may_finish: boolean; readonly admitted_at: Date | null },
): boolean => visit.lobby && !member.may_finish && member.admitted_at === null

/** Knocks from before this time count no more. */
export const knocksFrom = (now: Date): Date => new Date(now.getTime() - KNOCK_VALID_SECONDS * 1000)
