import { Button, Card, EmptyState, LinkButton, PageHeader, Row, SelectField, Skeleton, Stack } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { queryFor, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { codeName, type Network, type TreeNode, useFreshUnits, useSpecialties } from '../data.ts'
import { NetworkList, Route } from '../parts/network-list.tsx'
import { NetworkPicture } from '../parts/network-picture.tsx'
import css from './network.module.css'

/** The department above the unit I work at; else the first. */
function useDepartments(): { all: TreeNode[]; mine: TreeNode | undefined } {
  const { me } = useSession()
  const { data } = useRead('facilities.tree', { query: {} })
  const nodes = data?.nodes ?? []
  const all = nodes.filter((node) => node.type === 'province_health_department')
  const own = nodes.find((node) => node.id === me?.practitionerRoles[0]?.facilityId)
  return { all, mine: all.find((node) => own?.path === node.path || own?.path.startsWith(`${node.path}.`)) ?? all[0] }
}

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

/** The map changes only on some days: between them the same picture is kept, and nothing is asked again. */
const lastChange = (changes: readonly string[], day: string): string =>
  changes.findLast((change) => change <= day) ?? day

interface DayProps {
  network: Network
  on: string
  today: string
  go: (day: string) => void
}

function DayButtons({ network, on, today, go }: DayProps) {
  return (
    <Row>
      {network.phases.map(({ phase, from }) => (
        <Button
          key={phase}
          small
          look={on === from ? 'primary' : 'secondary'}
          aria-pressed={on === from}
          onClick={() => go(from)}
        >
          {t('facilities.network.phaseMap', { phase: codeName('phase', phase), date: formatDate(from) })}
        </Button>
      ))}
      <Button small look={on === today ? 'primary' : 'secondary'} aria-pressed={on === today} onClick={() => go(today)}>
        {t('facilities.units.today')}
      </Button>
    </Row>
  )
}

function DaySlider({ network, on, today, go }: DayProps) {
  const first = network.changes[0] ?? today
  const last = [today, ...network.changes].reduce((a, b) => (a > b ? a : b))
  return (
    <label className={css.slider}>
      <span>
        {t('facilities.units.mapOf')} <strong>{formatDate(on)}</strong>
      </span>
      <input
        type="range"
        min={dayNumber(first)}
        max={dayNumber(last)}
        value={dayNumber(on)}
        aria-valuetext={formatDate(on)}
        list="facilities-changes"
        onChange={(event) => go(dayOf(Number(event.currentTarget.value)))}
      />
      <datalist id="facilities-changes">
        {network.changes.map((day) => (
          <option key={day} value={dayNumber(day)} />
        ))}
      </datalist>
    </label>
  )
}

function Times({ network, on }: { network: Network; on: string }) {
  const today = localDay()
  const go = (day: string) => setSearch({ on: day === today ? null : day })
  return (
    <div className={css.times}>
      <DayButtons network={network} on={on} today={today} go={go} />
      <DaySlider network={network} on={on} today={today} go={go} />
    </div>
  )
}

const looks = ['pilot', 'rollout', 'specialty', 'fallback'] as const

function Legend({ network }: { network: Network }) {
  const shown = looks.filter((look) =>
    look === 'fallback'
      ? network.links.some((link) => link.role === 'fallback')
      : look === 'specialty'
        ? network.links.some((link) => link.specialty !== null)
        : network.links.some((link) => link.phase === look),
  )
  return (
    <ul className={css.legend} aria-label={t('facilities.network.legend')}>
      {shown.map((look) => (
        <li key={look}>
          <span className={css[look]} aria-hidden="true" />
          {t(`facilities.network.look.${look}`)}
        </li>
      ))}
    </ul>
  )
}

interface DetailProps {
  network: Network
  id: string | null
  specialties: ReadonlyMap<string, string>
}

function Detail({ network, id, specialties }: DetailProps) {
  const node = network.nodes.find((one) => one.id === id)
  const names = new Map(network.nodes.map((one) => [one.id, one.name]))
  if (!node) return null
  const asks = network.links.filter((link) => link.fromId === id)
  const askers = [...new Set(network.links.filter((link) => link.toId === id).map((link) => link.fromId))]
  return (
    <Card
      title={node.name}
      tight
      actions={
        <LinkButton small href={`/work/units/${node.id}`} iconAfter="chevron">
          {t('facilities.network.openUnit')}
        </LinkButton>
      }
    >
      {asks.length > 0 && (
        <>
          <h3>{t('facilities.link.asks')}</h3>
          <Route links={asks} names={names} specialties={specialties} />
        </>
      )}
      {askers.length > 0 && (
        <>
          <h3>{t('facilities.link.isAskedBy', { count: askers.length })}</h3>
          <p>{askers.map((asker) => names.get(asker)).join(', ')}</p>
        </>
      )}
    </Card>
  )
}

/** Only general links, or those of one specialty beside them: all at once would be a thicket. */
function only(network: Network, specialty: string): Network {
  const links = network.links.filter((link) =>
    specialty === 'every' ? true : link.specialty === null || link.specialty === specialty,
  )
  const used = new Set(links.flatMap((link) => [link.fromId, link.toId]))
  return { ...network, links, nodes: network.nodes.filter((node) => used.has(node.id)) }
}

function NetworkMap({ network, on }: { network: Network; on: string }) {
  const [specialty, setSpecialty] = useState('')
  const [pinned, setPinned] = useState<string | null>(null)
  const [asList, setAsList] = useState(false)
  const known = useSpecialties()
  const names = useMemo(() => new Map(known.map((one) => [one.code, one.name])), [known])
  const used = new Set(network.links.map((link) => link.specialty))
  const shown = useMemo(() => only(network, specialty), [network, specialty])
  return (
    <Stack gap={4}>
      <Card tight>
        <div className={css.tools}>
          <SelectField label={t('facilities.link.specialty')} value={specialty} onText={setSpecialty}>
            <option value="">{t('facilities.network.general')}</option>
            {known
              .filter((one) => used.has(one.code))
              .map((one) => (
                <option key={one.code} value={one.code}>
                  {one.name}
                </option>
              ))}
            <option value="every">{t('facilities.network.all')}</option>
          </SelectField>
          <Button icon={asList ? 'map' : 'menu'} aria-pressed={asList} onClick={() => setAsList(!asList)}>
            {t(asList ? 'facilities.network.asPicture' : 'facilities.network.asList')}
          </Button>
        </div>
        <Times network={network} on={on} />
        <Legend network={shown} />
        {shown.links.length === 0 && (
          <EmptyState picture="road" title={t('facilities.network.none', { date: formatDate(on) })} />
        )}
        {shown.links.length > 0 &&
          (asList ? (
            <NetworkList network={shown} specialties={names} />
          ) : (
            <Columns network={shown} pinned={pinned} onPin={setPinned} />
          ))}
      </Card>
      {!asList && shown.links.length > 0 && <Detail network={shown} id={pinned} specialties={names} />}
    </Stack>
  )
}

function Columns({
  network,
  pinned,
  onPin,
}: {
  network: Network
  pinned: string | null
  onPin: (id: string | null) => void
}) {
  return (
    <div>
      <p className={css.hint}>{t('facilities.network.hint')}</p>
      <div className={css.heads} aria-hidden="true">
        <span>{t('facilities.network.stations')}</span>
        <span>{t('facilities.network.centres')}</span>
        <span>{t('facilities.network.hospitals')}</span>
      </div>
      <NetworkPicture network={network} pinned={pinned} onPin={onPin} />
    </div>
  )
}

function AreaChoice({ all, root }: { all: readonly TreeNode[]; root: string | undefined }) {
  return (
    <div className={css.area}>
      <SelectField
        label={t('facilities.network.area')}
        value={root ?? ''}
        onText={(id) => setSearch({ root: id, on: null })}
      >
        {all.map((node) => (
          <option key={node.id} value={node.id}>
            {node.name}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

/** Who backs whom, on any day from the pilot on. */
export default function NetworkPage() {
  useFreshUnits()
  const search = useSearch()
  const { all, mine } = useDepartments()
  const root = search.get('root') ?? mine?.id
  const on = search.get('on') ?? localDay()
  const [changes, setChanges] = useState<readonly string[]>([])
  const { data, error, refetch } = useQuery({
    ...queryFor('facilities.network', { query: { root: root ?? '', on: lastChange(changes, on) } }),
    enabled: root !== undefined,
    placeholderData: keepPreviousData,
  })
  if (data && data.changes.join() !== changes.join()) setChanges(data.changes)
  return (
    <>
      <PageHeader title={t('facilities.network.title')} lead={t('facilities.network.lead')} />
      {all.length > 1 && <AreaChoice all={all} root={root} />}
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton label={t('state.loading')} lines={8} card />}
      {data && <NetworkMap network={data} on={on} />}
    </>
  )
}
