import '@moinha/ui/tokens.css'
import '@moinha/ui/base.css'
import { bringBack } from './platform/change-over/index.ts'
import { StaffLayout } from './platform/layout/staff-layout.tsx'
import { startShell } from './platform/shell/index.ts'
import { staffModules } from './staff-modules.ts'

// not awaited at the top of the file: browsers of 2020 do not know that
void bringBack().then(() =>
  startShell({
    name: 'staff',
    modules: staffModules,
    frame: (page, bare) => <StaffLayout bare={bare}>{page}</StaffLayout>,
  }),
)
