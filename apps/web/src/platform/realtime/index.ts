export { type Connection, liveSocket, useConnection, useLive, useLiveSession } from './live.ts'
