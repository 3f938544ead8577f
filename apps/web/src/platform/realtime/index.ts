export { type Connection, listenToNetwork, liveSocket, useConnection, useLive, useLiveSession } from './live.ts'
