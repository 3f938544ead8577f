export { FileChoice, FileInput } from './file-choice.tsx'
export { sendSheet } from './send-sheet.ts'
export { useSteps } from './use-steps.ts'
