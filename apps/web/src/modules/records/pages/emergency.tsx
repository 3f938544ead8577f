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

/** The reason while it is written, and the opening. */
function useBreaking(person: Found) {
  const [reason, setReason] = useState('')
  const [sure, setSure] = useState(false)
  const sending = useSend('records.breakGlass')
  const open = async (): Promise<void> => {
    const reply = await sending.run({ body: { handle: person.handle, reason, confirm: true } })
    if (reply) navigate(`/work/patients/${reply.patientId}`)
  }
  return { reason, setReason, sure, setSure, sending, ready: reason.trim() !== '' && sure, open }
}

function ReasonAndPromise({ reason, setReason, sure, setSure }: ReturnType<typeof useBreaking>) {
  return (
    <>
      <TextArea
        label={t('records.emergency.reason')}
        hint={t('records.emergency.reasonHint')}
        rows={3}
        value={reason}
        onText={setReason}
        autoFocus
      />
      <CheckboxField label={t('records.emergency.sure')} checked={sure} onToggle={setSure} />
    </>
  )
}

/** The reason, the promise that it is written down, and the door. */
function BreakGlass({ person, onClose }: { person: Found; onClose: () => void }) {
  const breaking = useBreaking(person)
  const { sending, ready, open } = breaking
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.emergency.ask', { name: person.fullName })}
      closeLabel={t('do.close')}
      actions={
        <Button look="danger" busy={sending.busy} disabled={!ready} onClick={() => void open()}>
          {t('records.emergency.open')}
        </Button>
      }
    >
      <Notice tone="warn" still>
        {t('records.emergency.loud')}
      </Notice>
      <ReasonAndPromise {...breaking} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}

/** Number, or name and birthday, and the looking for them. */
function useFinding(byName: boolean, onFound: (items: Found[]) => void) {
  const [number, setNumber] = useState('')
  const [fullName, setFullName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const sending = useSend('records.breakGlassFind')
  const find = async (): Promise<void> => {
    const reply = await sending.run({
      body: byName ? { fullName, birthDate } : { identifier: { system: 'citizen_id', value: number } },
    })
    if (reply) onFound(reply.items)
  }
  const ready = byName ? fullName !== '' && birthDate !== '' : number.trim().length >= 6
  return { byName, number, setNumber, fullName, setFullName, birthDate, setBirthDate, sending, ready, find }
}

function SearchFields(search: ReturnType<typeof useFinding>) {
  const { byName, number, setNumber, fullName, setFullName, birthDate, setBirthDate } = search
  return (
    <>
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
    </>
  )
}

function Search({ by, onFound }: { by: string; onFound: (items: Found[]) => void }) {
  const search = useFinding(by === 'name', onFound)
  const { sending, ready, find } = search
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <Stack gap={4}>
        <SearchFields {...search} />
        <ProblemNotice error={sending.problem} />
        <div>
          <Button type="submit" look="primary" icon="search" busy={sending.busy} disabled={!ready}>
            {t('do.search')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function ByTabs({ by }: { by: string }) {
  return (
    <Tabs
      label={t('records.emergency.by')}
      tabs={[
        { href: '?by=number', label: t('records.emergency.byNumber'), current: by !== 'name' },
        { href: '?by=name', label: t('records.emergency.byName'), current: by === 'name' },
      ]}
    />
  )
}

function FoundList({ found, onChoose }: { found: readonly Found[]; onChoose: (one: Found) => void }) {
  return (
    <Card as="div" tight>
      <List label={t('records.emergency.title')}>
        {found.map((one) => (
          <ListRow
            key={one.handle}
            lead={<Avatar name={one.fullName} />}
            title={one.fullName}
            detail={[one.birthYear, one.commune, one.identifier].filter(Boolean).join(' · ')}
            onOpen={() => onChoose(one)}
          />
        ))}
      </List>
    </Card>
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
        <ByTabs by={by} />
        <Card as="div">
          <Search key={by} by={by} onFound={setFound} />
        </Card>
        {found?.length === 0 && <EmptyState picture="search" title={t('records.emergency.none')} />}
        {found !== null && found.length > 0 && <FoundList found={found} onChoose={setChosen} />}
      </Stack>
      {chosen && <BreakGlass person={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}
