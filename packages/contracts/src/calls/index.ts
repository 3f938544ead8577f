import { assistRoutes } from './assists.ts'
import { guestRoutes } from './guests.ts'
import { mediaEventRoutes } from './media-events.ts'
import { messageRoutes } from './messages.ts'
import { recordingRoutes } from './recording.ts'
import { roomRoutes } from './room.ts'
import { visitRoutes } from './visits.ts'

export * from './assists.ts'
export * from './devices.ts'
export * from './guests.ts'
export * from './media-events.ts'
export * from './messages.ts'
export * from './recording.ts'
export * from './room.ts'
export * from './stills.ts'
export * from './visits.ts'

export const routes = {
  ...visitRoutes,
  ...messageRoutes,
  ...roomRoutes,
  ...recordingRoutes,
  ...guestRoutes,
  ...assistRoutes,
  ...mediaEventRoutes,
}
