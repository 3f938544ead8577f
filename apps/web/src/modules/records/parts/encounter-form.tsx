import { Card, CheckboxField, DateField, SelectField, Stack, TextArea } from '@moinha/ui'
import { channelsOf } from '@moinha/contracts/meeting-channels'
import type { EncounterContent } from '@moinha/contracts/records'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { type Encounter, type EncounterPage, named } from '../data.ts'
import type { Draft, EncounterDraft, Piece } from '../draft/encounter-draft.ts'
import { Clashes } from './clashes.tsx'
import { DiagnosisField } from './diagnoses.tsx'
import { VitalSigns } from './vital-signs.tsx'
import css from './encounter-form.module.css'

interface Props {
  page: EncounterPage
  draft: Draft
  store: EncounterDraft
}

interface ConditionsProps {
  encounter: Encounter
  draft: Draft
  store: EncounterDraft
}

const checks: readonly EncounterContent['identityCheck'][] = [
  'not_checked',
  'document_seen',
  'document_on_video',
  'account',
  'known_to_staff',
]

interface ChoiceProps {
  content: Draft['content']
  store: EncounterDraft
}

function ChannelChoice({ encounter, content, store }: ChoiceProps & { encounter: Encounter }) {
  return (
    <SelectField
      label={t('records.piece.channel')}
      value={content.channel}
      onText={(channel) => store.change({ channel: channel as EncounterContent['channel'] })}
    >
      {channelsOf[encounter.remoteMode].map((one) => (
        <option key={one} value={one}>
          {named('channel', one)}
        </option>
      ))}
    </SelectField>
  )
}

function IdentityChoice({ content, store }: ChoiceProps) {
  return (
    <SelectField
      label={t('records.piece.identityCheck')}
      value={content.identityCheck}
      onText={(identityCheck) => store.change({ identityCheck: identityCheck as EncounterContent['identityCheck'] })}
    >
      {checks.map((one) => (
        <option key={one} value={one}>
          {named('identity', one)}
        </option>
      ))}
    </SelectField>
  )
}

function ConsentChoice({ content, store }: ChoiceProps) {
  return (
    <SelectField
      label={t('records.piece.consentBy')}
      value={content.consentBy ?? ''}
      onText={(by) => store.change({ consentBy: by === '' ? null : (by as 'patient' | 'representative') })}
    >
      <option value="">{t('records.consent.none')}</option>
      <option value="patient">{t('records.consent.patient')}</option>
      <option value="representative">{t('records.consent.representative')}</option>
    </SelectField>
  )
}

/** How one knows who it is, whether they agreed, over what (REQ-TELE-05). */
function Conditions({ encounter, draft, store }: ConditionsProps) {
  const { content } = draft
  return (
    <Card title={t('records.conditions.title')} tight>
      <Clashes of={['channel', 'identityCheck', 'consentBy', 'disposition']} draft={draft} store={store} />
      <div className={css.trio}>
        <ChannelChoice encounter={encounter} content={content} store={store} />
        <IdentityChoice content={content} store={store} />
        <ConsentChoice content={content} store={store} />
      </div>
      {encounter.remoteMode !== 'IN_PERSON' && <p className={css.note}>{t('records.conditions.text')}</p>}
    </Card>
  )
}

/** What is to be done: conclusion, advice, and where it goes on. */
function Outcome({ encounter, draft, store }: ConditionsProps) {
  const { content } = draft
  const clash = (...of: Piece[]) => <Clashes of={of} draft={draft} store={store} />
  return (
    <Card as="div" tight>
      {clash('conclusion')}
      <TextArea
        label={t('records.piece.conclusion')}
        rows={3}
        value={content.conclusion}
        onText={(conclusion) => store.change({ conclusion })}
      />
      {clash('advice')}
      <TextArea
        label={t('records.piece.advice')}
        hint={t('records.piece.adviceHint')}
        rows={3}
        value={content.advice}
        onText={(advice) => store.change({ advice })}
      />
      {clash('nextAppointmentOn', 'referredUp')}
      <Onward encounter={encounter} draft={draft} store={store} />
    </Card>
  )
}

function Onward({ encounter, draft, store }: ConditionsProps) {
  const { content } = draft
  return (
    <>
      <DateField
        label={t('records.piece.nextAppointmentOn')}
        optionalMark={t('field.optional')}
        min={localDay()}
        value={content.nextAppointmentOn ?? ''}
        onText={(day) => store.change({ nextAppointmentOn: day || null })}
      />
      <CheckboxField
        label={t('records.piece.referredUpText')}
        checked={content.referredUp || encounter.upperLevelTookPart}
        disabled={encounter.upperLevelTookPart}
        hint={encounter.upperLevelTookPart && t('records.piece.referredUpKnown')}
        onToggle={(referredUp) => store.change({ referredUp })}
      />
    </>
  )
}

function Findings({ draft, store }: Omit<Props, 'page'>) {
  return (
    <Card as="div" tight>
      <Clashes of={['findings']} draft={draft} store={store} />
      <TextArea
        label={t('records.piece.findings')}
        hint={t('records.piece.findingsHint')}
        rows={4}
        value={draft.content.findings}
        onText={(findings) => store.change({ findings })}
      />
    </Card>
  )
}

/** The writing side of an encounter: complaint and measurements first, then what was found, then what is to be done. */
export function EncounterForm({ page, draft, store }: Props) {
  const { encounter, observations } = page
  const { content } = draft
  const clash = (...of: Piece[]) => <Clashes of={of} draft={draft} store={store} />
  return (
    <Stack gap={4}>
      <Card as="div" tight>
        {clash('complaint')}
        <TextArea
          label={t('records.piece.complaint')}
          rows={2}
          value={content.complaint}
          onText={(complaint) => store.change({ complaint })}
        />
      </Card>
      <VitalSigns encounterId={encounter.id} observations={observations} locked={false} />
      <Findings draft={draft} store={store} />
      <Card title={t('records.piece.diagnoses')} tight>
        {clash('diagnoses')}
        <DiagnosisField
          diagnoses={content.diagnoses}
          locked={false}
          onChange={(diagnoses) => store.change({ diagnoses })}
        />
      </Card>
      <Outcome encounter={encounter} draft={draft} store={store} />
      <Conditions encounter={encounter} draft={draft} store={store} />
    </Stack>
  )
}
