import { defineWebModule } from '../../platform/module.ts'

declare module '../../platform/module.ts' {
  interface SlotProps {
    /** Beside the announced services of a unit: what other modules keep of its remote care. */
    'facilities.services': { unitId: string }
  }
}

/** Also for pages elsewhere that read a spreadsheet: its refusals are told in these words. */
export const facilityWords = { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') }

/** Units, their staff, and who backs whom: for administrators, readable by all staff. */
export const facilitiesModule = defineWebModule({
  name: 'facilities',
  words: facilityWords,
  staffRoutes: [
    {
      path: '/work/units',
      load: () => import('./pages/units.tsx'),
      title: 'facilities.units.title',
      access: 'facility.read',
    },
    {
      path: '/work/units/import',
      load: () => import('./pages/import.tsx'),
      title: 'facilities.import.title',
      access: 'facility.manage',
    },
    {
      path: '/work/units/:id',
      load: () => import('./pages/unit.tsx'),
      title: 'facilities.unit.title',
      access: 'facility.read',
    },
    {
      path: '/work/units/:id/staff',
      load: () => import('./pages/staff.tsx'),
      title: 'facilities.staff.title',
      access: 'staff.read',
    },
    {
      path: '/work/units/:id/staff/sheet',
      load: () => import('./pages/staff-sheet.tsx'),
      title: 'facilities.sheet.title',
      access: 'staff.manage',
    },
    {
      path: '/work/units/:id/registrations',
      load: () => import('./pages/registrations.tsx'),
      title: 'facilities.registrations.title',
      access: 'staff.read',
    },
    {
      path: '/work/units/:id/programs',
      load: () => import('./pages/programs.tsx'),
      title: 'facilities.programs.title',
      access: 'staff.manage',
    },
    {
      path: '/work/network',
      load: () => import('./pages/network.tsx'),
      title: 'facilities.network.title',
      access: 'facility.read',
    },
  ],
  staffMenu: [
    { key: 'menu.facilities', to: '/work/units', icon: 'tree', access: 'facility.manage', order: 70 },
    { key: 'menu.network', to: '/work/network', icon: 'map', access: 'facility.read', order: 75 },
  ],
})
