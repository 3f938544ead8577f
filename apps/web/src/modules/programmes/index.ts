import { defineWebModule } from '../../platform/module.ts'

/** Who is followed over months: whom the station calls, what is due of a patient, one's own next visit. */
export const programmesModule = defineWebModule({
  name: 'programmes',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/follow-up',
      load: () => import('./pages/due.tsx'),
      title: 'programmes.due.title',
      access: 'encounter.write',
    },
  ],
  staffMenu: [{ key: 'menu.followUp', to: '/work/follow-up', icon: 'history', access: 'encounter.write', order: 25 }],
  slots: [
    { slot: 'citizen.home', load: () => import('./pages/home-card.tsx'), access: 'record.own', order: 10 },
    { slot: 'records.patient', load: () => import('./pages/patient-follow-up.tsx'), access: 'patient.read', order: 10 },
  ],
})
