export { bringBack, changeOver, leaveToSignIn, type Own, useOnePerson, wouldLose } from './change-over.ts'
export { isInCall } from './in-call.ts'
export { useTyped, useUnsavedWriting } from './typing.ts'
