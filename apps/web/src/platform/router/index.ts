export { useParam, useParams, useSearch } from './page-context.ts'
export { currentPlace, navigate, type Place, setSearch, usePlace, useUnsaved } from './place.ts'
