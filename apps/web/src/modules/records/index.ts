import type { ReplyOf } from '../../platform/api/index.ts'
import { ensureWords } from '../../platform/i18n/index.ts'
import { defineWebModule } from '../../platform/module.ts'
import { facilityWords } from '../facilities/index.ts'

declare module '../../platform/module.ts' {
  interface SlotProps {
    /** Beside an open encounter: what other modules do with it, e.g. asking the upper level. */
    'records.encounter': { encounterId: string; patientId: string; open: boolean }
    /** Beside a patient's page: who acts for them. */
    'records.patient': { patientId: string } & Pick<ReplyOf<'records.readPatient'>, 'guardians' | 'may'>
  }
}

/** Patients, encounters, documents, one's own record. */
export const recordsModule = defineWebModule({
  name: 'records',
  words: { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') },
  citizenRoutes: [
    { path: '/record', load: () => import('./pages/own-record.tsx'), title: 'records.own.title', access: 'record.own' },
    {
      path: '/record/:patientId/documents/:id',
      load: () => import('./pages/own-document.tsx'),
      title: 'records.document.title',
      access: 'record.own',
    },
  ],
  staffRoutes: [
    {
      path: '/work/patients',
      load: () => import('./pages/patients.tsx'),
      title: 'records.patients.title',
      access: 'patient.search',
    },
    {
      path: '/work/patients/new',
      load: () => import('./pages/register.tsx'),
      title: 'records.register.title',
      access: 'patient.register',
    },
    {
      path: '/work/patients/emergency',
      load: () => import('./pages/emergency.tsx'),
      title: 'records.emergency.title',
      access: 'record.break-glass',
    },
    {
      path: '/work/emergency-openings',
      load: () => import('./pages/emergency-openings.tsx'),
      title: 'records.openings.title',
      access: 'glass.review',
    },
    {
      path: '/work/patients/:id',
      load: () => import('./pages/patient.tsx'),
      title: 'records.patient.title',
      access: 'patient.read',
    },
    {
      path: '/work/encounters/:id',
      load: () => import('./pages/encounter.tsx'),
      title: 'records.encounter.title',
      access: 'patient.read',
    },
    {
      path: '/work/documents/:id',
      load: () => import('./pages/document.tsx'),
      title: 'records.document.title',
      access: 'patient.read',
    },
    {
      path: '/work/tele-list',
      load: () => import('./pages/tele-list.tsx'),
      title: 'records.tele.title',
      access: 'tele-list.manage',
    },
    {
      path: '/work/diagnosis-list',
      load: async () => {
        const [page] = await Promise.all([import('./pages/diagnosis-list.tsx'), ensureWords(facilityWords)])
        return page
      },
      title: 'records.icdList.title',
      access: 'tele-list.manage',
    },
    {
      path: '/work/tele-list/import',
      load: () => import('./pages/tele-import.tsx'),
      title: 'records.teleImport.title',
      access: 'tele-list.manage',
    },
  ],
  citizenMenu: [{ key: 'menu.record', to: '/record', icon: 'report', access: 'record.own', order: 30 }],
  staffMenu: [
    { key: 'menu.patients', to: '/work/patients', icon: 'users', access: 'patient.search', order: 20 },
    { key: 'menu.emergencyOpenings', to: '/work/emergency-openings', icon: 'alert', access: 'glass.review', order: 82 },
    { key: 'menu.remoteList', to: '/work/tele-list', icon: 'shield', access: 'tele-list.manage', order: 85 },
  ],
  slots: [
    { slot: 'facilities.services', load: () => import('./pages/unit-pilots.tsx'), access: 'facility.read', order: 10 },
    { slot: 'staff.home', load: () => import('./pages/openings-waiting.tsx'), access: 'glass.review', order: 5 },
    { slot: 'staff.home', load: () => import('./pages/open-encounters.tsx'), access: 'encounter.write', order: 20 },
    { slot: 'staff.ring', load: () => import('./pages/emergency-notice.tsx'), access: 'glass.review', order: 20 },
    { slot: 'consults.case', load: () => import('./pages/case-facts.tsx'), access: 'patient.read', order: 10 },
    { slot: 'citizen.banner', load: () => import('./pages/emergency-notice.tsx'), access: 'record.own', order: 2 },
  ],
})
