import { defineWebModule } from '../../platform/module.ts'

/** Electronic prescriptions: writing, their way to the national system, handing out, one's own, the pharmacy. */
export const prescriptionsModule = defineWebModule({
  name: 'prescriptions',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    {
      path: '/prescriptions',
      load: () => import('./pages/own-prescriptions.tsx'),
      title: 'prescriptions.own.title',
      access: 'record.own',
    },
    {
      path: '/pharmacy',
      load: () => import('./pages/pharmacy.tsx'),
      title: 'prescriptions.pharmacy.title',
      access: 'public',
    },
  ],
  staffRoutes: [
    {
      path: '/work/encounters/:id/prescribe',
      load: () => import('./pages/write-prescription.tsx'),
      title: 'prescriptions.write.title',
      access: 'prescription.write',
    },
    {
      path: '/work/prescriptions/unsent',
      load: () => import('./pages/unsent.tsx'),
      title: 'prescriptions.outbox.title',
      access: 'prescription.dispense',
    },
    {
      path: '/work/prescriptions/:id',
      load: () => import('./pages/prescription.tsx'),
      title: 'prescriptions.one.title',
      access: 'patient.read',
    },
  ],
  slots: [
    { slot: 'records.encounter', load: () => import('./pages/encounter-panel.tsx'), access: 'patient.read', order: 5 },
    { slot: 'staff.home', load: () => import('./pages/unsent-panel.tsx'), access: 'prescription.dispense', order: 25 },
  ],
})
