import { Badge, Button, Card, Notice, Row, Stack } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { codeName, type Unit } from '../data.ts'
import { CreateBeneath, EditProfile } from './profile-form.tsx'
import { EndUnit, MoveUnit } from './tree-forms.tsx'
import css from './facts.module.css'

/** One line of a unit's facts; an empty one says that nobody entered it. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>{children ?? <span className={css.missing}>{t('facilities.unit.missing')}</span>}</dd>
    </div>
  )
}

function Announced({ unit }: { unit: Unit }) {
  const now = localDay()
  const open = [
    ...new Set(
      unit.services
        .filter((row) => row.allowedFrom <= now && (row.endedOn === null || row.endedOn > now))
        .map((row) => row.service),
    ),
  ]
  return open.length === 0 ? null : (
    <Row>
      {open.map((service) => (
        <Badge key={service} tone="success">
          {codeName('service', service)}
        </Badge>
      ))}
    </Row>
  )
}

/** The unit must announce its services again: something changed since (REQ-TELE-02). */
export function AnnounceAgain({ unit }: { unit: Unit }) {
  if (unit.announceAgain.length === 0) return null
  return (
    <Notice tone="warn" still title={t('facilities.services.again')}>
      <ul className={css.plain}>
        {unit.announceAgain.map((note) => (
          <li key={note.reason}>
            {codeName('reason', note.reason)} ({formatDate(note.since)})
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type Sheet = 'edit' | 'create' | 'move' | 'end' | null

function Actions({ unit, open }: { unit: Unit; open: (sheet: Sheet) => void }) {
  return (
    <Card title={t('facilities.unit.tree')} tight>
      <Stack gap={2}>
        <Button icon="plus" onClick={() => open('create')}>
          {t('facilities.unit.createHere')}
        </Button>
        {unit.mayMove && (
          <Button icon="swap-device" onClick={() => open('move')}>
            {t('facilities.unit.moveElsewhere')}
          </Button>
        )}
        {unit.mayMove && (
          <Button icon="x" onClick={() => open('end')}>
            {t('facilities.unit.endOrFollow')}
          </Button>
        )}
      </Stack>
    </Card>
  )
}

function Facts({ unit }: { unit: Unit }) {
  return (
    <dl className={css.facts}>
      <Fact label={t('facilities.field.shortName')}>{unit.shortName}</Fact>
      <Fact label={t('facilities.field.type')}>{codeName('type', unit.type)}</Fact>
      <Fact label={t('facilities.field.communeName')}>{unit.communeName}</Fact>
      <Fact label={t('facilities.field.address')}>{unit.address}</Fact>
      <Fact label={t('facilities.field.phone')}>
        {unit.phone && <a href={`tel:${unit.phone.replace(/\s/g, '')}`}>{unit.phone}</a>}
      </Fact>
      <Fact label={t('facilities.field.about')}>{unit.about}</Fact>
      <Fact label={t('facilities.field.services')}>{unit.services.length > 0 ? <Announced unit={unit} /> : null}</Fact>
      <Fact label={t('facilities.field.beneath')}>{unit.beneath}</Fact>
      <Fact label={t('facilities.field.source')}>{unit.source}</Fact>
      {unit.note && <Fact label={t('facilities.field.note')}>{unit.note}</Fact>}
    </dl>
  )
}

interface OpenSheetProps {
  sheet: Sheet
  unit: Unit
  onClose: () => void
}

function OpenSheet({ sheet, unit, onClose }: OpenSheetProps) {
  return (
    <>
      {sheet === 'edit' && <EditProfile unit={unit} onClose={onClose} />}
      {sheet === 'create' && <CreateBeneath unit={unit} onClose={onClose} />}
      {sheet === 'move' && <MoveUnit unit={unit} onClose={onClose} />}
      {sheet === 'end' && <EndUnit unit={unit} onClose={onClose} />}
    </>
  )
}

/** Profile of a unit, with what its administrator may do. */
export function UnitProfile({ unit }: { unit: Unit }) {
  const [sheet, setSheet] = useState<Sheet>(null)
  return (
    <div className={unit.mayManage ? css.columns : undefined}>
      <Stack gap={4}>
        <AnnounceAgain unit={unit} />
        <Card
          title={t('facilities.view.profile')}
          actions={
            unit.mayManage && (
              <Button look="primary" icon="edit" onClick={() => setSheet('edit')}>
                {t('do.edit')}
              </Button>
            )
          }
        >
          <Facts unit={unit} />
        </Card>
      </Stack>
      {unit.mayManage && <Actions unit={unit} open={setSheet} />}
      <OpenSheet sheet={sheet} unit={unit} onClose={() => setSheet(null)} />
    </div>
  )
}
