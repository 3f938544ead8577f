import { accountRoutes } from './account.ts'
import { changeOverRoutes } from './change-over.ts'
import { demoRoutes } from './demo.ts'
import { familyRoutes } from './family.ts'
import { firstSignInRoutes } from './first-sign-in.ts'
import { registrationRoutes } from './registrations.ts'
import { serviceAccountRoutes } from './service-accounts.ts'
import { signInRoutes } from './sign-in.ts'
import { staffSheetRoutes } from './staff-sheet.ts'
import { staffRoutes } from './staff.ts'
import { textRoutes } from './texts.ts'

export * from './account.ts'
export * from './change-over.ts'
export * from './demo.ts'
export * from './family.ts'
export * from './fields.ts'
export * from './first-sign-in.ts'
export * from './registrations.ts'
export * from './service-accounts.ts'
export * from './sign-in.ts'
export * from './staff-sheet.ts'
export * from './staff.ts'
export * from './texts.ts'

export const routes = {
  ...signInRoutes,
  ...accountRoutes,
  ...demoRoutes,
  ...familyRoutes,
  ...staffRoutes,
  ...changeOverRoutes,
  ...firstSignInRoutes,
  ...staffSheetRoutes,
  ...textRoutes,
  ...serviceAccountRoutes,
  ...registrationRoutes,
}
