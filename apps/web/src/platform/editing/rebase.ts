/** What a form holds: text, numbers, yes and no, or nothing yet. */
export type Fields = Readonly<Record<string, string | number | boolean | null>>

/** What became of a form whose thing somebody else changed meanwhile. */
export interface Rebased<F extends Fields> {
  /** What was typed, with what only the other changed. */
  fields: F
  /** Changed by the other alone: taken over. */
  taken: (keyof F & string)[]
  /** Changed by both, and differently: what was typed stands until somebody decides. */
  clashes: (keyof F & string)[]
}

/** Puts what was typed upon what stands now; `base` is what the form began with. */
export function rebase<F extends Fields>(base: F, typed: F, current: F): Rebased<F> {
  const keys = Object.keys(base) as (keyof F & string)[]
  const byOther = keys.filter((key) => current[key] !== base[key] && current[key] !== typed[key])
  const taken = byOther.filter((key) => typed[key] === base[key])
  const fields = { ...typed, ...Object.fromEntries(taken.map((key) => [key, current[key]])) }
  return { fields, taken, clashes: byOther.filter((key) => !taken.includes(key)) }
}
