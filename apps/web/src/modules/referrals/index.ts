import { defineWebModule } from '../../platform/module.ts'

/** Slips to another facility and to come again: written, on their way, arrived, what became of the patient. */
export const referralsModule = defineWebModule({
  name: 'referrals',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/referrals',
      load: () => import('./pages/slips.tsx'),
      title: 'referrals.list.title',
      access: 'patient.read',
    },
    {
      path: '/work/referrals/new',
      load: () => import('./pages/new-transfer.tsx'),
      title: 'referrals.new.title',
      access: 'encounter.write',
    },
    {
      path: '/work/referrals/:id',
      load: () => import('./pages/slip.tsx'),
      title: 'referrals.slip.title',
      access: 'patient.read',
    },
    {
      path: '/work/holidays',
      load: () => import('./pages/holidays.tsx'),
      title: 'referrals.holidays.title',
      access: 'operations.manage',
    },
  ],
  staffMenu: [
    { key: 'menu.referrals', to: '/work/referrals', icon: 'send', access: 'patient.read', order: 25 },
    { key: 'menu.holidays', to: '/work/holidays', icon: 'calendar', access: 'operations.manage', order: 92 },
  ],
  slots: [
    { slot: 'staff.home', load: () => import('./pages/home-panel.tsx'), access: 'encounter.write', order: 15 },
    {
      slot: 'records.encounter',
      load: () => import('./pages/encounter-panel.tsx'),
      access: 'encounter.write',
      order: 20,
    },
  ],
})
