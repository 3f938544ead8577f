export { useParam, useParams, useSearch } from './page-context.ts'
export { currentHost, currentPlace, navigate, type Place, setSearch, usePlace, useUnsaved } from './place.ts'
