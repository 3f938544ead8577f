export { call } from './call.ts'
export { newId } from './new-id.ts'
export { ApiProblem, type FieldProblem, isProblem } from './problem.ts'
export {
  type Sending,
  type InputOf,
  keepTyped,
  queryClient,
  queryFor,
  readTyped,
  refresh,
  type ReplyOf,
  type RouteId,
  useSend,
  useRead,
} from './query.ts'
