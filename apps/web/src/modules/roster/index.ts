import { defineWebModule } from '../../platform/module.ts'

/** Duty rosters and presence. */
export const rosterModule = defineWebModule({
  name: 'roster',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/roster',
      load: () => import('./pages/roster.tsx'),
      title: 'roster.page.title',
      access: 'roster.read',
    },
  ],
  staffMenu: [{ key: 'menu.roster', to: '/work/roster', icon: 'clock', access: 'roster.read', order: 45 }],
  slots: [{ slot: 'staff.presence', load: () => import('./pages/presence-switch.tsx'), access: 'presence.own' }],
})
