import { Badge, Button, Card, CheckboxField, EmptyState, LinkButton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, type SupportLink, type Unit, useSpecialties } from '../data.ts'
import { holdsToday, spanText } from './dates.tsx'
import css from './facts.module.css'
import { LinkForm } from './link-form.tsx'
import { PendingTag } from './pending-tag.tsx'

interface LineProps {
  link: SupportLink
  /** Which end of the link is shown. */
  other: 'from' | 'to'
  specialty: string
  onEdit: (() => void) | undefined
}

function LinkLine({ link, other, specialty, onEdit }: LineProps) {
  const [id, name] = other === 'to' ? [link.toId, link.toName] : [link.fromId, link.fromName]
  return (
    <li className={css.line}>
      <div className={css.what}>
        <span className={css.tags}>
          <Badge tone={link.specialty ? 'info' : 'primary'}>{specialty}</Badge>
          {link.pending && <PendingTag />}
        </span>
        <strong>
          <a href={`/work/units/${id}`}>{name}</a>
        </strong>
        <span className={css.soft}>
          {[
            t('facilities.link.order', { rank: link.rank }),
            codeName('role', link.role),
            codeName('phase', link.phase),
            spanText(link.from, link.to),
          ].join(' · ')}
        </span>
      </div>
      {onEdit && (
        <Button small icon="edit" onClick={onEdit}>
          {t('do.edit')}
        </Button>
      )}
    </li>
  )
}

interface SideProps {
  links: readonly SupportLink[]
  nameOf: (link: SupportLink) => string
}

/** Whom the unit asks; who manages it adds and changes them. */
function Asks({ links, nameOf, onEdit }: SideProps & { onEdit: ((link: SupportLink | 'new') => void) | undefined }) {
  const add = onEdit && (
    <Button look="primary" icon="plus" onClick={() => onEdit('new')}>
      {t('facilities.link.add')}
    </Button>
  )
  return (
    <Card title={t('facilities.link.asks')} actions={add}>
      {links.length === 0 && <EmptyState picture="road" title={t('facilities.link.asksNobody')} />}
      <ul className={css.lines}>
        {links.map((link) => (
          <LinkLine
            key={link.id}
            link={link}
            other="to"
            specialty={nameOf(link)}
            onEdit={onEdit && (() => onEdit(link))}
          />
        ))}
      </ul>
    </Card>
  )
}

/** Who asks the unit: their links, so they are changed over there. */
function AskedBy({ links, nameOf }: SideProps) {
  const title =
    links.length === 0 ? t('facilities.link.askedByNobody') : t('facilities.link.isAskedBy', { count: links.length })
  const network = (
    <LinkButton icon="map" href="/work/network">
      {t('facilities.network.open')}
    </LinkButton>
  )
  return (
    <Card title={title} actions={network}>
      <ul className={css.lines}>
        {links.map((link) => (
          <LinkLine key={link.id} link={link} other="from" specialty={nameOf(link)} onEdit={undefined} />
        ))}
      </ul>
    </Card>
  )
}

/** Whom the unit asks and who asks it, today or on every day. */
export function UnitLinks({ unit }: { unit: Unit }) {
  const [past, setPast] = useState(false)
  const [editing, setEditing] = useState<SupportLink | 'new' | null>(null)
  const names = new Map(useSpecialties().map((one) => [one.code, one.name]))
  const nameOf = (link: SupportLink): string =>
    link.specialty === null ? t('facilities.link.everySpecialty') : (names.get(link.specialty) ?? link.specialty)
  const shown = (links: readonly SupportLink[]) => links.filter((link) => past || holdsToday(link))
  return (
    <Stack gap={4}>
      <CheckboxField label={t('facilities.link.showPast')} checked={past} onToggle={setPast} />
      <Asks links={shown(unit.asks)} nameOf={nameOf} onEdit={unit.mayManage ? setEditing : undefined} />
      <AskedBy links={shown(unit.isAskedBy)} nameOf={nameOf} />
      {editing && <LinkForm unit={unit} link={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Stack>
  )
}
