import { defineWebModule } from '../../platform/module.ts'

/** What did not go by itself and waits for whoever looks after the installation. */
export const operationsModule = defineWebModule({
  name: 'operations',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/operations',
      load: () => import('./pages/operations.tsx'),
      title: 'operations.title',
      access: 'operations.manage',
    },
  ],
  staffMenu: [
    { key: 'menu.operations', to: '/work/operations', icon: 'alert', access: 'operations.manage', order: 95 },
  ],
  slots: [{ slot: 'staff.home', load: () => import('./pages/home-panel.tsx'), access: 'operations.manage', order: 6 }],
})
