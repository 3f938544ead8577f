import { Badge, Button, Card, CheckboxField, ConfirmDialog, DateField, Dialog, EmptyState, List } from '@moinha/ui'
import { ListRow, PageHeader, Row, Skeleton, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type ApiProblem, newId, refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { addDays } from '../data.ts'
import { PatientPick, type Picked } from '../parts/patient-pick.tsx'
import { NoUnit, UnitChoice, useUnit } from '../parts/unit-choice.tsx'

type Helper = ReplyOf<'scheduling.listHelpers'>['items'][number]

/** A month to begin with; a year at most. */
const usualDays = 30

interface Naming {
  fullName: string
  phone: string
  fromDay: string
  untilDay: string
}
interface NameFieldsProps {
  form: Naming
  problem: ApiProblem | null
  onChange: (change: Partial<Naming>) => void
}

/** From when until when one may book for others. */
function TermFields({ form, problem, onChange }: NameFieldsProps) {
  return (
    <Row>
      <DateField
        label={t('scheduling.helpers.from')}
        min={localDay()}
        value={form.fromDay}
        onText={(fromDay) => onChange({ fromDay })}
        error={fieldText(problem, 'fromDay')}
      />
      <DateField
        label={t('scheduling.helpers.until')}
        min={form.fromDay}
        value={form.untilDay}
        onText={(untilDay) => onChange({ untilDay })}
      />
    </Row>
  )
}

function NameFields({ form, problem, onChange }: NameFieldsProps) {
  return (
    <>
      <TextField
        label={t('scheduling.helpers.fullName')}
        hint={t('scheduling.helpers.fullNameHint')}
        autoComplete="off"
        value={form.fullName}
        onText={(fullName) => onChange({ fullName })}
        error={fieldText(problem, 'fullName')}
      />
      <TextField
        label={t('scheduling.helpers.phone')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={form.phone}
        onText={(phone) => onChange({ phone })}
        error={fieldText(problem, 'phone')}
      />
      <TermFields form={form} problem={problem} onChange={onChange} />
    </>
  )
}

interface NameDialogProps {
  facilityId: string
  onClose: () => void
}

/** Who is named as typed, and naming them. */
function useNaming({ facilityId, onClose }: NameDialogProps) {
  const [id] = useState(newId)
  const [form, setForm] = useState<Naming>(() => ({
    fullName: '',
    phone: '',
    fromDay: localDay(),
    untilDay: addDays(localDay(), usualDays),
  }))
  const sending = useSend('scheduling.nameHelper')
  const submit = async (): Promise<void> => {
    const named = await sending.run({ params: { facilityId }, body: { id, ...form } })
    if (!named) return
    await refresh('scheduling.')
    toast({ text: t('scheduling.helpers.named', { name: named.fullName }), tone: 'success' })
    onClose()
  }
  const change = (part: Partial<Naming>): void => setForm({ ...form, ...part })
  return { form, change, sending, submit }
}

function NameDialog(props: NameDialogProps) {
  const { onClose } = props
  const { form, change, sending, submit } = useNaming(props)
  const ready = form.fullName.trim() !== '' && form.phone.trim() !== ''
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={sending.busy} disabled={!ready} onClick={() => void submit()}>
        {t('do.save')}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('scheduling.helpers.name')} closeLabel={t('do.close')} actions={actions}>
      <NameFields form={form} problem={sending.problem} onChange={change} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}

function HelperRow({ helper, onEnd }: { helper: Helper; onEnd: () => void }) {
  const { fullName, fromDay, untilDay, endedAt } = helper
  const over = endedAt !== null || untilDay < localDay()
  return (
    <ListRow
      title={fullName}
      detail={
        <>
          {over && <Badge>{t('scheduling.helpers.over')}</Badge>}{' '}
          {t('scheduling.helpers.term', { from: formatDate(fromDay), until: formatDate(endedAt ?? untilDay) })}
        </>
      }
      trail={
        !over && (
          <Button small look="quiet" onClick={onEnd}>
            {t('scheduling.helpers.end')}
          </Button>
        )
      }
    />
  )
}

function Helpers({ items }: { items: readonly Helper[] }) {
  const [ending, setEnding] = useState<Helper | null>(null)
  const sending = useSend('scheduling.endHelper')
  const end = async (): Promise<void> => {
    if (!ending || !(await sending.run({ params: { id: ending.id } }))) return
    setEnding(null)
    await refresh('scheduling.')
  }
  return (
    <>
      <List label={t('scheduling.helpers.title')}>
        {items.map((one) => (
          <HelperRow key={one.id} helper={one} onEnd={() => setEnding(one)} />
        ))}
      </List>
      <ConfirmDialog
        open={ending !== null}
        danger
        title={t('scheduling.helpers.endAsk', { name: ending?.fullName ?? '' })}
        confirmLabel={t('scheduling.helpers.end')}
        cancelLabel={t('do.cancel')}
        busy={sending.busy}
        onConfirm={() => void end()}
        onCancel={() => setEnding(null)}
      >
        <p>{t('scheduling.helpers.endText')}</p>
        <ProblemNotice error={sending.problem} />
      </ConfirmDialog>
    </>
  )
}

/** What one patient said about helpers; changed here when they change their mind. */
function ConsentOf({ facilityId, patient }: { facilityId: string; patient: Picked }) {
  const params = { facilityId, patientId: patient.id }
  const { data, error, refetch } = useRead('scheduling.readHelperConsent', { params })
  const sending = useSend('scheduling.keepHelperConsent')
  /** Shown at once; what the server keeps shows again when it refuses. */
  const [wanted, setWanted] = useState<boolean | null>(null)
  const keep = async (agreed: boolean): Promise<void> => {
    setWanted(agreed)
    const kept = await sending.run({ params, body: { agreed, saidAt: new Date().toISOString() } })
    if (kept) {
      await refresh('scheduling.readHelperConsent')
      // said later elsewhere: that stands
      if (kept.agreed === agreed) toast({ text: t('state.saved'), tone: 'success' })
      else toast({ text: t('scheduling.helpers.laterStands'), tone: 'error' })
    }
    setWanted(null)
  }
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  return (
    <>
      <CheckboxField
        label={t('scheduling.helpers.agrees', { name: patient.fullName })}
        checked={wanted ?? data.agreed}
        onToggle={(agreed) => void keep(agreed)}
      />
      <ProblemNotice error={sending.problem} />
    </>
  )
}

interface ConsentCardProps {
  facilityId: string
  patient: Picked | null
  onPick: (patient: Picked | null) => void
}

function ConsentCard({ facilityId, patient, onPick }: ConsentCardProps) {
  return (
    <Card title={t('scheduling.helpers.consent')}>
      <Stack gap={4}>
        <p>{t('scheduling.helpers.consentText')}</p>
        <PatientPick picked={patient} onPick={onPick} />
        {patient && <ConsentOf key={patient.id} facilityId={facilityId} patient={patient} />}
      </Stack>
    </Card>
  )
}

function NamedCard({ items }: { items: readonly Helper[] }) {
  return (
    <Card as="div">
      {items.length === 0 && (
        <EmptyState picture="people" title={t('scheduling.helpers.none')}>
          <p>{t('scheduling.helpers.noneText')}</p>
        </EmptyState>
      )}
      <Helpers items={items} />
    </Card>
  )
}

function Head({ onName }: { onName: () => void }) {
  const name = (
    <Button look="primary" icon="plus" onClick={onName}>
      {t('scheduling.helpers.name')}
    </Button>
  )
  return (
    <PageHeader
      title={t('scheduling.helpers.title')}
      lead={t('scheduling.helpers.lead')}
      back={{ href: '/work/today', label: t('scheduling.today.title') }}
      actions={name}
    />
  )
}

/** Whom the station named to book for its patients, and which patients agreed. */
export default function HelpersPage() {
  const { unit, units } = useUnit()
  const [naming, setNaming] = useState(false)
  const [patient, setPatient] = useState<Picked | null>(null)
  const facilityId = unit?.facilityId ?? ''
  const { data, error, isPending, refetch } = useRead('scheduling.listHelpers', { params: { facilityId } })
  if (!unit) return <NoUnit />
  return (
    <>
      <Head onName={() => setNaming(true)} />
      <Stack gap={4}>
        <UnitChoice unit={unit} units={units} />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton label={t('state.loading')} lines={4} card />}
        {data && <NamedCard items={data.items} />}
        <ConsentCard facilityId={facilityId} patient={patient} onPick={setPatient} />
      </Stack>
      {naming && <NameDialog facilityId={facilityId} onClose={() => setNaming(false)} />}
    </>
  )
}
