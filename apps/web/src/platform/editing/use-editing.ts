import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../api/index.ts'
import { rebase, type Fields, type Rebased } from './rebase.ts'

/** What was read to be changed, and the version of it that a change is based on. */
export interface Base<F extends Fields, V> {
  version: V
  fields: F
}

/** What somebody else changed while this form was open. */
export interface Meanwhile<F extends Fields> extends Omit<Rebased<F>, 'fields'> {
  current: F
}

export interface Editing<F extends Fields, V> {
  fields: F
  set: (change: Partial<F>) => void
  /** Of what the form stands on; not of what was read since. */
  version: V
  /** Is something typed that is not kept yet? */
  changed: boolean
  meanwhile: Meanwhile<F> | null
  /** The other's word instead of what was typed. */
  take: (key: keyof F & string) => void
  /** Kept: the form stands on this now. */
  keep: (base: Base<F, V>) => void
  /**
   * Stands the form on what the other wrote, with all that was typed; the next "save" is then meant. True where nothing
   * is left to save: what was sent had arrived before.
   */
  meet: (now: Base<F, V>) => boolean
}

/** A form of a thing that others may change too: nothing typed is lost, nothing of theirs overwritten unseen. */
export function useEditing<F extends Fields, V>(read: Base<F, V>): Editing<F, V> {
  const [base, setBase] = useState(read)
  const [fields, setFields] = useState(read.fields)
  const [meanwhile, setMeanwhile] = useState<Meanwhile<F> | null>(null)
  const differs = (one: F, other: F): boolean => Object.keys(one).some((key) => one[key] !== other[key])
  const stand = (on: Base<F, V>, shown: F, told: Meanwhile<F> | null): void => {
    setBase(on)
    setFields(shown)
    setMeanwhile(told)
  }
  return {
    fields,
    set: (change) => setFields((before) => ({ ...before, ...change })),
    version: base.version,
    changed: differs(fields, base.fields),
    meanwhile,
    take: (key) => {
      if (!meanwhile) return
      setFields((before) => ({ ...before, [key]: meanwhile.current[key] }))
      setMeanwhile({ ...meanwhile, clashes: meanwhile.clashes.filter((one) => one !== key) })
    },
    keep: (now) => {
      setBase(now)
      setMeanwhile(null)
      // what was typed while it was on its way stays
      setFields((before) => rebase(fields, before, now.fields).fields)
    },
    meet: (now) => {
      const { fields: shown, taken, clashes } = rebase(base.fields, fields, now.fields)
      stand(now, shown, { taken, clashes, current: now.fields })
      return !differs(shown, now.fields)
    },
  }
}

const cameSecond = new Set(['CHANGED_MEANWHILE', 'PRECONDITION_FAILED'])

/** What stands now, where a change was refused since another was first. */
export function currentOf<T>(problem: unknown): T | undefined {
  if (!(problem instanceof ApiProblem) || !cameSecond.has(problem.code)) return undefined
  return problem.params['current'] as T | undefined
}

/** Each refusal that brings what stands now is met once. */
export function useMet<T>(current: T | undefined, meet: (now: T) => void): void {
  const latest = useRef(meet)
  useEffect(() => {
    latest.current = meet
  })
  useEffect(() => {
    if (current !== undefined) latest.current(current)
  }, [current])
}
