export { addressOf, call, openAsGuest, openedAsGuest, openedFor, openFor } from './call.ts'
export { useList } from './use-list.ts'
export { newId } from './new-id.ts'
export { ApiProblem, isProblem, passesByItself } from './problem.ts'
export {
  type InputOf,
  keepTyped,
  type PageRead,
  queryClient,
  queryFor,
  reading,
  readingPages,
  readTyped,
  refresh,
  type ReplyOf,
  type RouteId,
  useSend,
  useRead,
} from './query.ts'
