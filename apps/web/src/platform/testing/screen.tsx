import { ToastRegion } from '@moinha/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { citizenModules } from '../../citizen-modules.ts'
import { staffModules } from '../../staff-modules.ts'
import { queryClient, type ReplyOf } from '../api/index.ts'
import { FieldLocaleProvider } from '../i18n/index.ts'
import { navigate } from '../router/index.ts'
import { startRouter } from '../router/place.ts'
import { PageOutlet } from '../shell/page-outlet.tsx'
import { gatherShell, ShellContext } from '../shell/shell.ts'
import { answer } from './wire.ts'

type Me = ReplyOf<'identity.me'>

const shells = { staff: gatherShell('staff', staffModules), citizen: gatherShell('citizen', citizenModules) }
export const ids = {
  me: '01920000-0000-7000-8000-000000000001',
  facility: '01920000-0000-7000-8000-000000000002',
  patient: '01920000-0000-7000-8000-000000000003',
  thing: '01920000-0000-7000-8000-000000000004',
  other: '01920000-0000-7000-8000-000000000005',
}
const stranger: Me = {
  person: null,
  permissions: [],
  practitionerRoles: [],
  family: [],
  pending: [],
  waitsForVouch: false,
  demo: false,
  home: '/',
  language: 'vi',
}

/** Nobody is signed in, or still owes something. */
export const asStranger = (change: Partial<Me> = {}): void => answer('identity.me', { ...stranger, ...change })

/** Somebody of the station is signed in. */
export function asStaff(...permissions: string[]): void {
  answer('identity.me', {
    ...stranger,
    person: { id: ids.me, fullName: 'Trần Thị Mai', kind: 'staff' },
    permissions,
    home: '/work',
    practitionerRoles: [
      { facilityId: ids.facility, facilityName: 'Trạm Y tế Pờ Y', title: 'Bác sĩ', role: 'clinician' },
    ],
  })
}

/** A citizen is signed in. */
export function asCitizen(...family: Me['family']): void {
  answer('identity.me', { ...stranger, person: { id: ids.me, fullName: 'Y Lan', kind: 'citizen' }, family })
}

let routed = false

function goTo(path: string): void {
  if (routed) return navigate(path, { replace: true })
  routed = true
  history.replaceState(null, '', path)
  startRouter(
    () => true,
    () => undefined,
  )
}

function Around({ shell, children }: { shell: keyof typeof shells; children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <ShellContext.Provider value={shells[shell]}>
        <FieldLocaleProvider>
          {children}
          <ToastRegion closeLabel="Đóng" />
        </FieldLocaleProvider>
      </ShellContext.Provider>
    </QueryClientProvider>
  )
}

/** Opens an address as the shell does: router, guard, words, cache and page are the product's. */
export function openScreen(path: string): UserEvent {
  const user = userEvent.setup()
  goTo(path)
  render(
    <Around shell={/^\/work(\/|$|\?)/.test(path) ? 'staff' : 'citizen'}>
      <PageOutlet drawn={false} frame={(page) => <main tabIndex={-1}>{page}</main>} />
    </Around>,
  )
  return user
}

/** A part of a screen by itself, with words, cache and locale around it, as seen in one entry. */
export function openPart(part: ReactNode, shell: keyof typeof shells = 'staff'): UserEvent {
  const user = userEvent.setup()
  goTo(shell === 'staff' ? '/work' : '/')
  render(<Around shell={shell}>{part}</Around>)
  return user
}
