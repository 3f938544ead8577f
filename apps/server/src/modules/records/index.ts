import type { ServerModule } from '../../platform/module.ts'

export { endCare, startCare, type CareStart } from './actions/keep-care-relationship.ts'

export const records: ServerModule = { name: 'records' }
