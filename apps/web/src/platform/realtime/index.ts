export type { ClosedBecause } from './closed-page.ts'
export {
  listenToNetwork,
  liveSocket,
  reopenPage,
  useClosedPage,
  useConnection,
  useLive,
  useLiveSession,
} from './live.ts'
