/**
 * Table types of the whole database. Each module adds its own tables by declaration merging in its
 * `store/tables.ts`; keys are `schema.table`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Schema {}
