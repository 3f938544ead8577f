import { defineWebModule } from '../../platform/module.ts'

export { unlockedToken } from './unlocked.ts'

/** One's key, what waits for one's signature, and the page where anybody checks a signed document. */
export const signaturesModule = defineWebModule({
  name: 'signatures',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    { path: '/check', load: () => import('./pages/check.tsx'), title: 'signatures.check.title', access: 'public' },
  ],
  staffRoutes: [
    {
      path: '/work/signing',
      load: () => import('./pages/signing.tsx'),
      title: 'signatures.signing.title',
      access: 'document.sign',
    },
  ],
  staffMenu: [{ key: 'menu.signing', to: '/work/signing', icon: 'edit', access: 'document.sign', order: 45 }],
  slots: [{ slot: 'consults.unlock', load: () => import('./pages/unlock-panel.tsx'), access: 'document.sign' }],
})
