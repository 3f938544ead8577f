import { Icon, type IconName } from '@moinha/ui'
import type { ReactNode } from 'react'
import css from './appointment-facts.module.css'

export interface Fact {
  icon: IconName
  label: string
  value: ReactNode
  /** At the end of the line: "change". */
  trail?: ReactNode
}

/** Name and value pairs, one a line, that can be read aloud over the phone. */
export function Facts({ facts }: { facts: readonly (Fact | false | null)[] }) {
  return (
    <dl className={css.facts}>
      {facts.flatMap((fact) =>
        fact
          ? [
              <div key={fact.label} className={css.fact}>
                <Icon name={fact.icon} size={1.4} className={css.icon} />
                <div className={css.text}>
                  <dt>{fact.label}</dt>
                  <dd>{fact.value}</dd>
                </div>
                {fact.trail}
              </div>,
            ]
          : [],
      )}
    </dl>
  )
}
