import { citizenModules } from './citizen-modules.ts'
import { CitizenLayout } from './platform/layout/citizen-layout.tsx'
import { startShell } from './platform/shell/index.ts'

void startShell({
  name: 'citizen',
  modules: citizenModules,
  frame: (page, bare) => <CitizenLayout bare={bare}>{page}</CitizenLayout>,
})

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After the page has everything it needs: the worker's own downloads must not compete with it.
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
}
