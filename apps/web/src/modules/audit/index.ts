import { defineWebModule } from '../../platform/module.ts'

/** The access log of one's units, and whether it still says what it said. */
export const auditModule = defineWebModule({
  name: 'audit',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/access-log',
      load: () => import('./pages/access-log.tsx'),
      title: 'audit.title',
      access: 'audit.read',
    },
  ],
  staffMenu: [{ key: 'menu.audit', to: '/work/access-log', icon: 'shield', access: 'audit.read', order: 90 }],
})
