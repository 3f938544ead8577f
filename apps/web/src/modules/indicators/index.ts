import { defineWebModule } from '../../platform/module.ts'

/** Reports from the ledger: the Kon Tum annex for any unit and quarter, every number opening into its rows. */
export const indicatorsModule = defineWebModule({
  name: 'indicators',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/reports',
      load: () => import('./pages/annex.tsx'),
      title: 'indicators.title',
      access: 'report.read',
    },
  ],
  staffMenu: [{ key: 'menu.reports', to: '/work/reports', icon: 'report', access: 'report.read', order: 80 }],
})
