import { defineWebModule } from '../../platform/module.ts'
import { callWords } from './call-words.ts'

export { CallPlace } from './parts/call-place.tsx'
export type { PanelProps, RoomPanel } from './parts/room-panels.ts'
export { MessageHistoryPlace, RecordingHistoryPlace } from './parts/history-places.tsx'
export { useRinging } from './parts/use-ringing.ts'
export { useWholeScreen } from './parts/use-whole-screen.ts'

const ring = () => import('./parts/incoming-ring.tsx').then(({ IncomingRing }) => ({ default: IncomingRing }))
const wayBack = () => import('./parts/return-banner.tsx').then(({ ReturnBanner }) => ({ default: ReturnBanner }))

/** Visits by sound and picture: the room, the way back into it, and the ring. */
export const callsModule = defineWebModule({
  name: 'calls',
  words: callWords,
  citizenRoutes: [
    {
      path: '/visit/:visitId',
      load: () => import('./pages/visit-page.tsx'),
      title: 'calls.page.title',
      access: 'call.join',
      bare: true,
    },
    {
      path: '/guest',
      load: () => import('./pages/guest-page.tsx'),
      title: 'calls.guest.title',
      access: 'public',
      bare: true,
    },
  ],
  staffRoutes: [
    {
      path: '/work/visit/:visitId',
      load: () => import('./pages/visit-page.tsx'),
      title: 'calls.page.title',
      access: 'call.join',
      bare: true,
    },
    {
      path: '/work/assist',
      load: () => import('./pages/assist-page.tsx'),
      title: 'calls.helper.title',
      access: 'call.assist',
    },
  ],
  staffMenu: [{ key: 'menu.assist', to: '/work/assist', icon: 'swap-device', access: 'call.assist', order: 90 }],
  slots: [
    { slot: 'citizen.banner', load: ring, access: 'call.join', order: 0 },
    { slot: 'citizen.banner', load: wayBack, access: 'call.join', order: 1 },
    { slot: 'staff.ring', load: ring, access: 'call.join', order: 10 },
    { slot: 'staff.return', load: wayBack, access: 'call.join', order: 0 },
  ],
})
