import { Badge, Button, Card, DateField, EmptyState, Row, SelectField, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { codeName, type Unit } from '../data.ts'
import { DateRow } from './dates.tsx'
import css from './facts.module.css'
import { FormDialog } from './form-dialog.tsx'
import { Slot } from '../../../platform/shell/index.ts'
import { UnitContracts } from './unit-contracts.tsx'
import { AnnounceAgain } from './unit-profile.tsx'

type ServiceRow = Unit['services'][number]
const services = ['health_advice', 'remote_examination', 'teleconsult', 'inter_facility_support'] as const
const reasons = ['service', 'practitioner', 'infrastructure'] as const
type Service = (typeof services)[number]

function ServiceChoice({ service, onChoose }: { service: Service; onChoose: (service: Service) => void }) {
  return (
    <SelectField
      label={t('facilities.services.service')}
      value={service}
      onText={(value) => onChoose(value as Service)}
    >
      {services.map((value) => (
        <option key={value} value={value}>
          {codeName('service', value)}
        </option>
      ))}
    </SelectField>
  )
}

interface Draft {
  service: Service
  submittedOn: string
  publishedOn: string
  endedOn: string
}

const draftOf = (row: ServiceRow | null): Draft => ({
  service: (row?.service as Service | undefined) ?? 'remote_examination',
  submittedOn: row?.submittedOn ?? localDay(),
  publishedOn: row?.publishedOn ?? '',
  endedOn: row?.endedOn ?? '',
})

interface AnnounceProps {
  unit: Unit
  row: ServiceRow | null
  onClose: () => void
}

function useAnnouncement({ unit, row, onClose }: AnnounceProps) {
  const [rowId] = useState(() => row?.id ?? newId())
  const [draft, setDraft] = useState(() => draftOf(row))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  const sending = useSend('facilities.announceService')
  const save = async (): Promise<void> => {
    const body = { ...draft, publishedOn: draft.publishedOn || null, endedOn: draft.endedOn || null }
    const reply = await sending.run({ params: { id: unit.id, rowId }, body })
    if (!reply) return
    await refresh('facilities.')
    toast({ text: t('facilities.services.allowedFrom', { date: formatDate(reply.allowedFrom) }) })
    onClose()
  }
  return { draft, set, sending, save }
}

interface LaterDatesProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  /** Only what was announced can end. */
  mayEnd: boolean
}

function LaterDates({ draft, set, mayEnd }: LaterDatesProps) {
  return (
    <>
      <DateField
        label={t('facilities.services.publishedOn')}
        optionalMark={t('field.optional')}
        value={draft.publishedOn}
        onText={(publishedOn) => set({ publishedOn })}
      />
      {mayEnd && (
        <DateField
          label={t('facilities.services.endedOn')}
          optionalMark={t('field.optional')}
          value={draft.endedOn}
          onText={(endedOn) => set({ endedOn })}
        />
      )}
    </>
  )
}

function Announce({ unit, row, onClose }: AnnounceProps) {
  const { draft, set, sending, save } = useAnnouncement({ unit, row, onClose })
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(row ? 'facilities.services.edit' : 'facilities.services.announce')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      disabled={draft.submittedOn === ''}
    >
      <ServiceChoice service={draft.service} onChoose={(service) => set({ service })} />
      <DateRow
        label={t('facilities.services.submittedOn')}
        value={draft.submittedOn}
        onText={(submittedOn) => set({ submittedOn })}
        hint={t('facilities.services.rule')}
      />
      <LaterDates draft={draft} set={set} mayEnd={row !== null} />
    </FormDialog>
  )
}

function state(row: ServiceRow): { tone: 'success' | 'warn' | 'plain'; text: string } {
  const today = localDay()
  if (row.endedOn !== null && row.endedOn <= today)
    return { tone: 'plain', text: t('facilities.services.isEnded', { date: formatDate(row.endedOn) }) }
  if (row.allowedFrom > today)
    return { tone: 'warn', text: t('facilities.services.allowedFrom', { date: formatDate(row.allowedFrom) }) }
  return { tone: 'success', text: t('facilities.services.isAllowed', { date: formatDate(row.allowedFrom) }) }
}

function ServiceLine({ row, onEdit }: { row: ServiceRow; onEdit: (() => void) | undefined }) {
  const { tone, text } = state(row)
  const announced = row.publishedOn
    ? t('facilities.services.published', {
        submitted: formatDate(row.submittedOn),
        published: formatDate(row.publishedOn),
      })
    : t('facilities.services.submitted', { submitted: formatDate(row.submittedOn) })
  return (
    <li className={css.line}>
      <div className={css.what}>
        <strong>{codeName('service', row.service)}</strong>
        <span className={css.tags}>
          <Badge tone={tone}>{text}</Badge>
          {announced}
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

function Changes({ unit }: { unit: Unit }) {
  const sending = useSend('facilities.noteChange')
  const note = async (reason: (typeof reasons)[number]): Promise<void> => {
    if (!(await sending.run({ params: { id: unit.id }, body: { reason } }))) return
    await refresh('facilities.')
  }
  return (
    <Card title={t('facilities.services.changed')} tight>
      <p>{t('facilities.services.changedHint')}</p>
      <Row>
        {reasons.map((reason) => (
          <Button key={reason} busy={sending.busy} onClick={() => void note(reason)}>
            {codeName('reason', reason)}
          </Button>
        ))}
      </Row>
    </Card>
  )
}

/** Which remote services the unit announced, and from when they may be booked. */
export function UnitServices({ unit }: { unit: Unit }) {
  const [editing, setEditing] = useState<ServiceRow | 'new' | null>(null)
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
      {t('facilities.services.announce')}
    </Button>
  )
  return (
    <Stack gap={4}>
      <AnnounceAgain unit={unit} />
      <Card title={t('facilities.view.services')} actions={unit.mayManage && add}>
        {unit.services.length === 0 && (
          <EmptyState picture="letter" title={t('facilities.services.none')}>
            {t('facilities.services.noneHint')}
          </EmptyState>
        )}
        <ul className={css.lines}>
          {unit.services.map((row) => (
            <ServiceLine key={row.id} row={row} onEdit={unit.mayManage ? () => setEditing(row) : undefined} />
          ))}
        </ul>
      </Card>
      {unit.mayManage && unit.services.length > 0 && <Changes unit={unit} />}
      <UnitContracts unit={unit} />
      <Slot name="facilities.services" props={{ unitId: unit.id }} />
      {editing && <Announce unit={unit} row={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Stack>
  )
}
