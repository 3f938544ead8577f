import '@moinha/ui/tokens.css'
import '@moinha/ui/base.css'
import { bringBack } from './platform/change-over/index.ts'
import { StaffLayout } from './platform/layout/staff-layout.tsx'
import { startShell } from './platform/shell/index.ts'
import { staffModules } from './staff-modules.ts'

const start = (): Promise<void> =>
  startShell({
    name: 'staff',
    modules: staffModules,
    frame: (page, bare) => <StaffLayout bare={bare}>{page}</StaffLayout>,
  })
// not awaited at the top of the file: browsers of 2020 do not know that; what cannot be brought back stops nobody
void bringBack().then(start, start)
