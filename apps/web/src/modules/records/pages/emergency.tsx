import {
  Avatar,
  Button,
  Card,
  CheckboxField,
  DateField,
  Dialog,
  EmptyState,
  List,
  ListRow,
  Notice,
  PageHeader,
  Stack,
  Tabs,
  TextArea,
  TextField,
} from '@moinha/ui'
import { useState } from 'react'
import { type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { navigate, useSearch } from '../../../platform/router/index.ts'

type Found = ReplyOf<'records.breakGlassFind'>['items'][number]

/** The reason, the promise that it is written down, and the door. */
function BreakGlass({ person, onClose }: { person: Found; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [sure, setSure] = useState(false)
  const sending = useSend('records.breakGlass')
  const open = async (): Promise<void> => {
    const reply = await sending.run({ body: { handle: person.handle, reason, confirm: true } })
    if (reply) navigate(`/work/patients/${reply.patientId}`)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.emergency.ask', { name: person.fullName })}
      closeLabel={t('do.close')}
      actions={
        <Button look="danger" busy={sending.busy} disabled={reason.trim() === '' || !sure} onClick={() => void open()}>
          {t('records.emergency.open')}
        </Button>
      }
    >
      <Notice tone="warn" still>
        {t('records.emergency.loud')}
      </Notice>
      <TextArea
        label={t('records.emergency.reason')}
        hint={t('records.emergency.reasonHint')}
        rows={3}
        value={reason}
        onText={setReason}
        autoFocus
      />
      <CheckboxField label={t('records.emergency.sure')} checked={sure} onToggle={setSure} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}

function Search({ by, onFound }: { by: string; onFound: (items: Found[]) => void }) {
  const [number, setNumber] = useState('')
  const [fullName, setFullName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const sending = useSend('records.breakGlassFind')
  const byName = by === 'name'
  const find = async (): Promise<void> => {
    const reply = await sending.run({
      body: byName ? { fullName, birthDate } : { identifier: { system: 'citizen_id', value: number } },
    })
    if (reply) onFound(reply.items)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <Stack gap={4}>
        {!byName && (
          <TextField
            label={t('records.identifier.citizen_id')}
            inputMode="numeric"
            autoComplete="off"
            value={number}
            onText={setNumber}
          />
        )}
        {byName && (
          <TextField label={t('records.field.fullName')} autoComplete="off" value={fullName} onText={setFullName} />
        )}
        {byName && (
          <DateField label={t('records.field.birthDate')} max={localDay()} value={birthDate} onText={setBirthDate} />
        )}
        <ProblemNotice error={sending.problem} />
        <div>
          <Button
            type="submit"
            look="primary"
            icon="search"
            busy={sending.busy}
            disabled={byName ? !fullName || !birthDate : number.trim().length < 6}
          >
            {t('do.search')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

/** The emergency door to a record no relationship opens. */
export default function EmergencyPage() {
  const by = useSearch().get('by') ?? 'number'
  const [found, setFound] = useState<Found[] | null>(null)
  const [chosen, setChosen] = useState<Found | null>(null)
  return (
    <>
      <PageHeader
        title={t('records.emergency.title')}
        back={{ href: '/work/patients', label: t('records.patients.title') }}
        lead={t('records.emergency.lead')}
      />
      <Stack gap={5}>
        <Tabs
          label={t('records.emergency.by')}
          tabs={[
            { href: '?by=number', label: t('records.emergency.byNumber'), current: by !== 'name' },
            { href: '?by=name', label: t('records.emergency.byName'), current: by === 'name' },
          ]}
        />
        <Card as="div">
          <Search key={by} by={by} onFound={setFound} />
        </Card>
        {found?.length === 0 && <EmptyState picture="search" title={t('records.emergency.none')} />}
        {found !== null && found.length > 0 && (
          <Card as="div" tight>
            <List label={t('records.emergency.title')}>
              {found.map((one) => (
                <ListRow
                  key={one.handle}
                  lead={<Avatar name={one.fullName} />}
                  title={one.fullName}
                  detail={[one.birthYear, one.commune, one.identifier].filter(Boolean).join(' · ')}
                  onOpen={() => setChosen(one)}
                />
              ))}
            </List>
          </Card>
        )}
      </Stack>
      {chosen && <BreakGlass person={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}
