export type { ClosedBecause } from './closed-page.ts'
export {
  type Connection,
  listenToNetwork,
  liveSocket,
  reopenPage,
  useClosedPage,
  useConnection,
  useLive,
  useLiveSession,
} from './live.ts'
