export { useParam, useSearch } from './page-context.ts'
export { currentHost, currentPlace, navigate, setSearch, usePlace, useUnsaved } from './place.ts'
