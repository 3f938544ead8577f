import { Card, Notice, Stack } from '@moinha/ui'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { type Encounter, type EncounterPage, named } from '../data.ts'
import { DiagnosisField } from './diagnoses.tsx'
import { VitalSigns } from './vital-signs.tsx'
import css from './encounter-read.module.css'

function Text({ label, text }: { label: string; text: string }) {
  if (text.trim() === '') return null
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  )
}

/** How it ended: finished by whom and when, or cancelled and why. */
function Ending({ encounter }: { encounter: Encounter }) {
  return (
    <>
      {encounter.status === 'finished' && encounter.finishedAt && (
        <Notice
          tone="success"
          still
          title={t('records.encounter.finishedBy', {
            at: formatDateTime(encounter.finishedAt),
            name: encounter.closedByName ?? '',
          })}
        >
          {encounter.corrections > 0 && t('records.encounter.corrected', { count: encounter.corrections })}
        </Notice>
      )}
      {encounter.status === 'cancelled' && (
        <Notice tone="warn" still title={t('records.status.cancelled')}>
          {encounter.cancelReason}
        </Notice>
      )}
    </>
  )
}

function Texts({ encounter }: { encounter: Encounter }) {
  return (
    <Card as="div">
      <dl className={css.text}>
        <Text label={t('records.piece.complaint')} text={encounter.complaint} />
        <Text label={t('records.piece.findings')} text={encounter.findings} />
        <Text label={t('records.piece.conclusion')} text={encounter.conclusion} />
        <Text label={t('records.piece.advice')} text={encounter.advice} />
        <Text
          label={t('records.finish.how')}
          text={encounter.disposition ? named('disposition', encounter.disposition) : ''}
        />
        <Text
          label={t('records.piece.nextAppointmentOn')}
          text={encounter.nextAppointmentOn ? formatDate(encounter.nextAppointmentOn) : ''}
        />
      </dl>
    </Card>
  )
}

/** An encounter to read: finished, cancelled, or another unit's. */
export function EncounterRead({ page }: { page: EncounterPage }) {
  const { encounter, observations } = page
  return (
    <Stack gap={4}>
      <Ending encounter={encounter} />
      <Texts encounter={encounter} />
      {encounter.diagnoses.length > 0 && (
        <Card title={t('records.piece.diagnoses')} tight>
          <DiagnosisField diagnoses={encounter.diagnoses} locked onChange={() => undefined} />
        </Card>
      )}
      <VitalSigns encounterId={encounter.id} observations={observations} locked />
    </Stack>
  )
}
