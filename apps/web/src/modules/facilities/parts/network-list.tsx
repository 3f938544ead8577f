import { Badge } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, type Network } from '../data.ts'
import css from './facts.module.css'
import { rankOf } from './network-layout.ts'

type Link = Network['links'][number]

interface RouteProps {
  links: readonly Link[]
  names: ReadonlyMap<string, string>
  specialties: ReadonlyMap<string, string>
}

/** Links of one unit in the order they are asked, specialties of the same pair together. */
export function Route({ links, names, specialties }: RouteProps) {
  const groups = [...Map.groupBy(links, (link) => `${link.toId} ${link.role} ${link.rank}`).values()]
  return (
    <ol className={css.lines}>
      {groups.map((group) => {
        const [first] = group
        if (!first) return null
        const special = group.flatMap((link) =>
          link.specialty === null ? [] : [specialties.get(link.specialty) ?? link.specialty],
        )
        return (
          <li key={first.id} className={css.line}>
            <div className={css.what}>
              <span>
                <a href={`/work/units/${first.toId}`}>{names.get(first.toId)}</a>
              </span>
              <span className={css.tags}>
                {t('facilities.link.order', { rank: first.rank })} · {codeName('role', first.role)}
                {special.map((name) => (
                  <Badge key={name} tone="info">
                    {name}
                  </Badge>
                ))}
              </span>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** The same network in words: for screen readers, for printing, for whoever reads lists better. */
export function NetworkList({ network, specialties }: { network: Network; specialties: ReadonlyMap<string, string> }) {
  const names = new Map(network.nodes.map((node) => [node.id, node.name]))
  const byAsking = Map.groupBy(network.links, (link) => link.fromId)
  const asking = network.nodes
    .filter((node) => byAsking.has(node.id))
    .sort((a, b) => rankOf(a.type) - rankOf(b.type) || a.name.localeCompare(b.name, 'vi'))
  return (
    <ul className={css.lines}>
      {asking.map((node) => (
        <li key={node.id} className={css.line}>
          <div className={css.what}>
            <h3>
              <a href={`/work/units/${node.id}`}>{node.name}</a>
            </h3>
            <Route links={byAsking.get(node.id) ?? []} names={names} specialties={specialties} />
          </div>
        </li>
      ))}
    </ul>
  )
}
