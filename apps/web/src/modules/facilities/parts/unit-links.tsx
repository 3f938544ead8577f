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

/** Whom the unit asks and who asks it, today or on every day. */
export function UnitLinks({ unit }: { unit: Unit }) {
  const [past, setPast] = useState(false)
  const [editing, setEditing] = useState<SupportLink | 'new' | null>(null)
  const names = new Map(useSpecialties().map((one) => [one.code, one.name]))
  const specialty = (link: SupportLink): string =>
    link.specialty === null ? t('facilities.link.everySpecialty') : (names.get(link.specialty) ?? link.specialty)
  const shown = (links: readonly SupportLink[]) => links.filter((link) => past || holdsToday(link))
  const asks = shown(unit.asks)
  const asked = shown(unit.isAskedBy)
  return (
    <Stack gap={4}>
      <CheckboxField label={t('facilities.link.showPast')} checked={past} onToggle={setPast} />
      <Card
        title={t('facilities.link.asks')}
        actions={
          unit.mayManage && (
            <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
              {t('facilities.link.add')}
            </Button>
          )
        }
      >
        {asks.length === 0 && <EmptyState picture="road" title={t('facilities.link.asksNobody')} />}
        <ul className={css.lines}>
          {asks.map((link) => (
            <LinkLine
              key={link.id}
              link={link}
              other="to"
              specialty={specialty(link)}
              onEdit={unit.mayManage ? () => setEditing(link) : undefined}
            />
          ))}
        </ul>
      </Card>
      <Card
        title={
          asked.length === 0
            ? t('facilities.link.askedByNobody')
            : t('facilities.link.isAskedBy', { count: asked.length })
        }
        actions={
          <LinkButton icon="map" href="/work/network">
            {t('facilities.network.open')}
          </LinkButton>
        }
      >
        <ul className={css.lines}>
          {asked.map((link) => (
            <LinkLine key={link.id} link={link} other="from" specialty={specialty(link)} onEdit={undefined} />
          ))}
        </ul>
      </Card>
      {editing && <LinkForm unit={unit} link={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Stack>
  )
}
