import { Button, Card, PageHeader, Row, SelectField, Stack, TextField, toast } from '@moinha/ui'
import type { Candidate, Elsewhere } from '@moinha/contracts/records'
import { type ReactNode, useEffect, useState } from 'react'
import { keepTyped, newId, readTyped, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { fieldText, ProblemNotice, problemText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate, useUnsaved } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { Duplicates } from '../parts/duplicates.tsx'
import { noParticulars, PatientFields, particularsBody, type Particulars } from '../parts/patient-fields.tsx'

const isNumber = (text: string): boolean => /\d{4,}/.test(text)

interface Doubles {
  candidates: Candidate[]
  elsewhere: Elsewhere[]
}

/** What is filled in; it begins with what was typed into the search that found nobody. */
function useFilledIn() {
  const [typed] = useState(() => readTyped('newPatient'))
  useEffect(() => keepTyped('newPatient', ''), [])
  const [form, setForm] = useTyped<Particulars>('register:person', {
    ...noParticulars,
    ...(isNumber(typed) ? {} : { fullName: typed }),
  })
  const [citizenId, setCitizenId] = useTyped('register:citizenId', isNumber(typed) && typed.length === 12 ? typed : '')
  const [insurance, setInsurance] = useTyped('register:insurance', '')
  return { form, setForm, citizenId, setCitizenId, insurance, setInsurance }
}

/** Keeps the page while something is unsaved; goes on to the patient once registered. */
function useWayOn(registered: string | null, begun: boolean): void {
  useUnsaved(registered === null && begun, t('records.register.leave'))
  // after the effect above: the page that is left has nothing unsaved any more
  useEffect(() => {
    if (registered !== null) navigate(`/work/patients/${registered}`, { replace: true })
  }, [registered])
}

const identifiersOf = (citizenId: string, insurance: string) => [
  ...(citizenId.trim() ? [{ system: 'citizen_id' as const, value: citizenId }] : []),
  ...(insurance.trim() ? [{ system: 'insurance_card' as const, value: insurance }] : []),
]

function warnOf(warnings: ReplyOf<'records.registerPatient'>['warnings']): void {
  for (const warning of warnings)
    toast({
      text: t(warning === 'sex_differs' ? 'records.warning.sex_differs' : 'records.warning.birth_year_differs'),
      tone: 'error',
      staysMs: 12_000,
    })
}

/** The form and its sending; the id is made once, so that sending again is not another person. */
function useRegistration() {
  const { me } = useSession()
  const filled = useFilledIn()
  const { form, citizenId, insurance } = filled
  const [id] = useState(newId)
  const [facilityId, setFacilityId] = useState(me?.practitionerRoles[0]?.facilityId ?? '')
  const [registered, setRegistered] = useState<string | null>(null)
  const sending = useSend('records.registerPatient')
  useWayOn(registered, form.fullName !== '')
  const submit = async (force: boolean): Promise<void> => {
    const identifiers = identifiersOf(citizenId, insurance)
    const reply = await sending.run({ body: { id, facilityId, ...particularsBody(form), identifiers, force } })
    if (!reply) return
    warnOf(reply.warnings)
    await refresh('records.searchPatients')
    setRegistered(reply.id)
  }
  const practitionerRoles = me?.practitionerRoles ?? []
  return { ...filled, practitionerRoles, facilityId, setFacilityId, sending, submit }
}

type Registration = ReturnType<typeof useRegistration>

function NumberFields({ citizenId, setCitizenId, insurance, setInsurance, sending }: Registration) {
  const optionalMark = t('field.optional')
  const wrong = sending.problem?.fields.some((one) => one.code === 'IDENTIFIER_INVALID')
  return (
    <Card title={t('records.register.numbers')}>
      <Stack gap={4}>
        <TextField
          label={t('records.identifier.citizen_id')}
          optionalMark={optionalMark}
          hint={t('records.register.citizenIdHint')}
          inputMode="numeric"
          autoComplete="off"
          value={citizenId}
          onText={setCitizenId}
          error={wrong ? problemText(sending.problem) : fieldText(sending.problem, 'identifiers.0.value')}
        />
        <TextField
          label={t('records.identifier.insurance_card')}
          optionalMark={optionalMark}
          autoComplete="off"
          autoCapitalize="characters"
          value={insurance}
          onText={setInsurance}
        />
      </Stack>
    </Card>
  )
}

/** Asked only of whoever works at several units. */
function UnitChoice({ practitionerRoles, facilityId, setFacilityId }: Registration) {
  if (practitionerRoles.length < 2) return null
  return (
    <SelectField label={t('records.register.unit')} value={facilityId} onText={setFacilityId}>
      {practitionerRoles.map((practitionerRole) => (
        <option key={practitionerRole.facilityId} value={practitionerRole.facilityId}>
          {practitionerRole.facilityName}
        </option>
      ))}
    </SelectField>
  )
}

function RegisterForm({ registration, children }: { registration: Registration; children: ReactNode }) {
  const { form, setForm, sending, submit } = registration
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(false)
      }}
    >
      <Stack gap={5}>
        <Card title={t('records.register.person')}>
          <PatientFields form={form} onChange={(change) => setForm({ ...form, ...change })} problem={sending.problem} />
        </Card>
        <NumberFields {...registration} />
        <UnitChoice {...registration} />
        {children}
        <Row>
          <Button type="submit" look="primary" busy={sending.busy} disabled={form.fullName.trim() === ''}>
            {t('records.register.submit')}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

/** Registers somebody who came: no phone and no account needed. */
export default function RegisterPage() {
  const registration = useRegistration()
  const { sending, submit } = registration
  const doubles = sending.problem?.code === 'PATIENT_MAY_EXIST' ? (sending.problem.params as unknown as Doubles) : null
  return (
    <>
      <PageHeader
        title={t('records.register.title')}
        back={{ href: '/work/patients', label: t('records.patients.title') }}
        lead={t('records.register.lead')}
      />
      <RegisterForm registration={registration}>{!doubles && <ProblemNotice error={sending.problem} />}</RegisterForm>
      {doubles && (
        <Duplicates {...doubles} busy={sending.busy} onClose={sending.clear} onForce={() => void submit(true)} />
      )}
    </>
  )
}
