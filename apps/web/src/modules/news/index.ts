import type { WordLoaders } from '../../platform/i18n/index.ts'
import { defineWebModule } from '../../platform/module.ts'

/** Health messages: reading for everybody, writing for departments; and noting whom a station helped. */
const publicWords: WordLoaders = {
  vi: () => import('virtual:public-words/news/vi'),
  en: () => import('virtual:public-words/news/en'),
}

export const newsModule = defineWebModule({
  name: 'news',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    {
      path: '/news',
      load: () => import('./pages/feed.tsx'),
      title: 'news.feed.title',
      access: 'public',
      words: publicWords,
    },
    {
      path: '/news/:id',
      load: () => import('./pages/message.tsx'),
      title: 'news.feed.title',
      access: 'public',
      words: publicWords,
    },
  ],
  staffRoutes: [
    {
      path: '/work/news',
      load: () => import('./pages/manage.tsx'),
      title: 'news.manage.title',
      access: 'news.publish',
    },
    {
      path: '/work/news/new',
      load: () => import('./pages/write.tsx'),
      title: 'news.write.title',
      access: 'news.publish',
    },
    {
      path: '/work/news/:id',
      load: () => import('./pages/managed.tsx'),
      title: 'news.manage.title',
      access: 'news.publish',
    },
    {
      path: '/work/news/:id/edit',
      load: () => import('./pages/write.tsx'),
      title: 'news.write.title',
      access: 'news.publish',
    },
    {
      path: '/work/outreach',
      load: () => import('./pages/outreach.tsx'),
      title: 'news.help.title',
      access: 'appointment.desk',
    },
  ],
  citizenMenu: [{ key: 'menu.news', to: '/news', icon: 'message', access: 'public', order: 40 }],
  staffMenu: [
    { key: 'menu.publish', to: '/work/news', icon: 'message', access: 'news.publish', order: 70 },
    { key: 'menu.outreach', to: '/work/outreach', icon: 'phone', access: 'appointment.desk', order: 60 },
  ],
  slots: [
    { slot: 'citizen.home', load: () => import('./pages/home-card.tsx'), access: 'news.own', order: 40 },
    { slot: 'citizen.menu', load: () => import('./pages/unread-mark.tsx'), access: 'news.own' },
  ],
})
