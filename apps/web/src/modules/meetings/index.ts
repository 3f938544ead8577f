import { defineWebModule } from '../../platform/module.ts'

const banner = () => import('./parts/running-banner.tsx').then(({ RunningBanner }) => ({ default: RunningBanner }))

/** Briefings and sessions of units: planning, the room, minutes and what is to be done. */
export const meetingsModule = defineWebModule({
  name: 'meetings',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  staffRoutes: [
    {
      path: '/work/meetings',
      load: () => import('./pages/meetings.tsx'),
      title: 'meetings.list.title',
      access: 'meeting.join',
    },
    {
      path: '/work/meetings/new',
      load: () => import('./pages/new-meeting.tsx'),
      title: 'meetings.form.newTitle',
      access: 'meeting.organise',
    },
    {
      path: '/work/meetings/actions',
      load: () => import('./pages/actions.tsx'),
      title: 'meetings.actions.title',
      access: 'meeting.join',
    },
    {
      path: '/work/meetings/settings',
      load: () => import('./pages/settings.tsx'),
      title: 'meetings.settings.title',
      access: 'meeting.organise',
    },
    {
      path: '/work/meetings/:id',
      load: () => import('./pages/meeting.tsx'),
      title: 'meetings.one.title',
      access: 'meeting.join',
    },
    {
      path: '/work/meetings/:id/edit',
      load: () => import('./pages/edit-meeting.tsx'),
      title: 'meetings.form.editTitle',
      access: 'meeting.organise',
    },
    {
      path: '/work/meetings/:id/call',
      load: () => import('./pages/meeting-call.tsx'),
      title: 'meetings.call.title',
      access: 'meeting.join',
      bare: true,
    },
    {
      path: '/work/meetings/:id/room',
      load: () => import('./pages/room-mode.tsx'),
      title: 'meetings.room.title',
      access: 'meeting.join',
      bare: true,
    },
    {
      path: '/work/meetings/:id/minutes',
      load: () => import('./pages/minutes.tsx'),
      title: 'meetings.minutes.title',
      access: 'meeting.join',
    },
  ],
  staffMenu: [{ key: 'menu.meetings', to: '/work/meetings', icon: 'users', access: 'meeting.join', order: 17 }],
  slots: [
    { slot: 'staff.return', load: banner, access: 'meeting.join', order: 10 },
    { slot: 'staff.home', load: () => import('./pages/home-panel.tsx'), access: 'meeting.join', order: 15 },
  ],
})
