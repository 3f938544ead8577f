import type { WordLoaders } from '../../platform/i18n/index.ts'
import { defineWebModule } from '../../platform/module.ts'

/** Finding a station, booking, appointments; the station's day, queue and hours. */
const publicWords: WordLoaders = {
  vi: () => import('virtual:public-words/scheduling/vi'),
  en: () => import('virtual:public-words/scheduling/en'),
}

export const schedulingModule = defineWebModule({
  name: 'scheduling',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    {
      path: '/find',
      load: () => import('./pages/find.tsx'),
      title: 'scheduling.find.title',
      access: 'public',
      words: publicWords,
    },
    {
      path: '/stations/:id',
      load: () => import('./pages/station.tsx'),
      title: 'scheduling.station.title',
      access: 'public',
      words: publicWords,
    },
    { path: '/book', load: () => import('./pages/book.tsx'), title: 'scheduling.book.title', access: 'public' },
    {
      path: '/appointments',
      load: () => import('./pages/appointments.tsx'),
      title: 'scheduling.mine.title',
      access: 'appointment.book',
    },
    {
      path: '/help',
      load: () => import('./pages/book-for-others.tsx'),
      title: 'scheduling.help.title',
      access: 'appointment.book',
    },
    {
      path: '/appointments/:id',
      load: () => import('./pages/appointment.tsx'),
      title: 'scheduling.one.title',
      access: 'appointment.book',
    },
  ],
  staffRoutes: [
    {
      path: '/work/today',
      load: () => import('./pages/today.tsx'),
      title: 'scheduling.today.title',
      access: 'appointment.attend',
    },
    {
      path: '/work/queue',
      load: () => import('./pages/queue.tsx'),
      title: 'scheduling.queue.title',
      access: 'appointment.attend',
      bare: true,
    },
    {
      path: '/work/slip/:id',
      load: () => import('./pages/slip.tsx'),
      title: 'scheduling.slip.title',
      access: 'appointment.attend',
      bare: true,
    },
    {
      path: '/work/week',
      load: () => import('./pages/week.tsx'),
      title: 'scheduling.week.title',
      access: 'appointment.attend',
    },
    {
      path: '/work/helpers',
      load: () => import('./pages/booking-helpers.tsx'),
      title: 'scheduling.helpers.title',
      access: 'appointment.desk',
    },
    {
      path: '/work/hours',
      load: () => import('./pages/hours.tsx'),
      title: 'scheduling.hours.title',
      access: 'schedule.manage',
    },
  ],
  citizenMenu: [
    { key: 'menu.find', to: '/find', icon: 'search', access: 'public', order: 10 },
    { key: 'menu.appointments', to: '/appointments', icon: 'calendar', access: 'appointment.book', order: 20 },
  ],
  staffMenu: [
    { key: 'menu.queue', to: '/work/today', icon: 'calendar', access: 'appointment.attend', order: 10 },
    { key: 'menu.schedule', to: '/work/hours', icon: 'clock', access: 'schedule.manage', order: 40 },
  ],
  slots: [
    {
      slot: 'citizen.home',
      load: () => import('./parts/home-card.tsx').then(({ HomeCard }) => ({ default: HomeCard })),
      access: 'appointment.book',
      order: 0,
    },
    {
      slot: 'staff.home',
      load: () => import('./parts/today-panel.tsx').then(({ TodayPanel }) => ({ default: TodayPanel })),
      access: 'appointment.attend',
      order: 10,
    },
  ],
})
