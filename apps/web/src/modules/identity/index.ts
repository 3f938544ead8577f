import type { WordLoaders } from '../../platform/i18n/index.ts'
import { defineWebModule } from '../../platform/module.ts'

/** The words of pages that anybody sees. */
const publicWords: WordLoaders = {
  vi: () => import('virtual:public-words/identity/vi'),
  en: () => import('virtual:public-words/identity/en'),
}

/** Front page, signing in, one's own account. */
export const identityModule = defineWebModule({
  name: 'identity',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    {
      path: '/',
      load: () => import('./pages/front.tsx'),
      title: 'identity.front.title',
      access: 'public',
      words: publicWords,
    },
    { path: '/demo', load: () => import('./pages/cast.tsx'), title: 'identity.cast.title', access: 'public' },
    {
      path: '/demo/outbox',
      load: () => import('./pages/outbox.tsx'),
      title: 'identity.outbox.title',
      access: 'public',
    },
    {
      path: '/enter/:key',
      load: () => import('./pages/enter.tsx'),
      title: 'identity.enter.title',
      access: 'public',
      bare: true,
    },
    {
      path: '/sign-in',
      load: () => import('./pages/sign-in.tsx'),
      title: 'identity.signIn.title',
      access: 'public',
      bare: true,
    },
    {
      path: '/account',
      load: () => import('./pages/account.tsx'),
      title: 'identity.account.title',
      access: 'signed-in',
    },
  ],
  staffRoutes: [
    { path: '/work', load: () => import('./pages/work.tsx'), title: 'identity.work.title', access: 'signed-in' },
    {
      path: '/work/sign-in',
      load: () => import('./pages/staff-sign-in.tsx'),
      title: 'identity.staff.title',
      access: 'public',
      bare: true,
    },
    {
      path: '/work/first-sign-in',
      load: () => import('./pages/first-sign-in.tsx'),
      title: 'identity.first.title',
      access: 'public',
      bare: true,
    },
  ],
  citizenMenu: [{ key: 'menu.home', to: '/', icon: 'home', access: 'public', order: 0 }],
  staffMenu: [{ key: 'menu.work', to: '/work', icon: 'home', access: 'signed-in', order: 0 }],
  slots: [
    { slot: 'staff.who', load: () => import('./pages/change-over.tsx'), access: 'account.own' },
    { slot: 'staff.home', load: () => import('./pages/account-notices.tsx'), access: 'account.own', order: 5 },
    { slot: 'records.patient', load: () => import('./pages/patient-guardians.tsx'), access: 'patient.read', order: 10 },
  ],
})
