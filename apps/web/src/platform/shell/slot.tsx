import { type ComponentType, useEffect, useState } from 'react'
import { ErrorBoundary } from '../errors/boundary.tsx'
import { ensureWords } from '../i18n/index.ts'
import type { SlotName, SlotProps } from '../module.ts'
import { mayAccess, useSession } from '../session/index.ts'
import { fillsOf, type OwnedFill, useShell } from './shell.ts'

function Fill({ fill, props }: { fill: OwnedFill; props: object }) {
  const [Part, setPart] = useState<ComponentType<object> | null>(null)
  useEffect(() => {
    let here = true
    Promise.all([fill.load(), ensureWords(fill.module.words)]).then(
      ([{ default: loaded }]) => here && setPart(() => loaded as ComponentType<object>),
      () => undefined, // A filler that does not arrive leaves its place empty; the page itself stands.
    )
    return () => void (here = false)
  }, [fill])
  return (
    Part && (
      <ErrorBoundary quiet place={fill.module.name}>
        <Part {...props} />
      </ErrorBoundary>
    )
  )
}

/** A place that other modules fill, each as far as this person may see it. */
export function Slot<N extends SlotName>({
  name,
  props,
}: { name: N } & (Record<never, never> extends SlotProps[N] ? { props?: SlotProps[N] } : { props: SlotProps[N] })) {
  const shell = useShell()
  const { me } = useSession()
  return (
    <>
      {fillsOf(shell, name)
        .filter((fill) => mayAccess(me, fill.access))
        .map((fill, at) => (
          <Fill key={`${fill.module.name}${at}`} fill={fill} props={props ?? {}} />
        ))}
    </>
  )
}
