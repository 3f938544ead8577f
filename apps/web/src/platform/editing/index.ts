export { MeanwhileNotice } from './meanwhile-notice.tsx'
export { currentOf, useEditing, useMet } from './use-editing.ts'
