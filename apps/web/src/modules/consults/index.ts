import { defineWebModule } from '../../platform/module.ts'

declare module '../../platform/module.ts' {
  interface SlotProps {
    /** In a case that goes on: what other modules know of the patient. */
    'consults.case': { patientId: string }
    /** In the dialog of signing, for whoever signs with a key that is locked. */
    'consults.unlock': { onUnlocked: () => void }
  }
}

/** Asking the upper level: the request, the ring, the case, the minutes. */
export const consultsModule = defineWebModule({
  name: 'consults',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/consults',
      load: () => import('./pages/consults.tsx'),
      title: 'consults.list.title',
      access: 'consult.read',
    },
    {
      path: '/work/consults/new',
      load: () => import('./pages/new-request.tsx'),
      title: 'consults.new.title',
      access: 'consult.request',
    },
    {
      path: '/work/consults/:id',
      load: () => import('./pages/consult.tsx'),
      title: 'consults.case.title',
      access: 'consult.read',
    },
    {
      path: '/work/consults/:id/minutes',
      load: () => import('./pages/minutes-print.tsx'),
      title: 'consults.print.title',
      access: 'consult.read',
    },
  ],
  staffMenu: [{ key: 'menu.consults', to: '/work/consults', icon: 'stethoscope', access: 'consult.read', order: 15 }],
  slots: [
    { slot: 'staff.ring', load: () => import('./pages/incoming-consult.tsx'), access: 'consult.answer', order: 0 },
    { slot: 'staff.home', load: () => import('./pages/home-panel.tsx'), access: 'consult.read', order: 10 },
    { slot: 'records.encounter', load: () => import('./pages/encounter-panel.tsx'), access: 'consult.read', order: 10 },
  ],
})
