export { ErrorBoundary, PageFault } from './boundary.tsx'
export { NotAllowed, NotFound } from './pages.tsx'
export { fieldText, ProblemNotice, problemText, refusalText } from './problem-notice.tsx'
