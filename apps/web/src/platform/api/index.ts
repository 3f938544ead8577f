export { addressOf, call } from './call.ts'
export { newId } from './new-id.ts'
export { ApiProblem, type FieldProblem, isProblem } from './problem.ts'
export {
  type Act,
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
  useAct,
  useRead,
} from './query.ts'
