export { Slot } from './slot.tsx'
export { useShell } from './shell.ts'
export { startShell } from './start.tsx'
