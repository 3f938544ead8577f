import { Icon } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import css from './facts.module.css'
import { useFacts } from './use-facts.ts'

/** The allergies in one line, over everything that is written of the patient; nothing where none is known. */
export function AllergyStrip({ patientId }: { patientId: string }) {
  const { data } = useFacts(patientId)
  const known = (data?.items ?? []).filter((fact) => fact.kind === 'allergy' && fact.status === 'active')
  if (known.length === 0) return null
  const names = known.map(({ display, criticality }) =>
    criticality === 'high' ? `${display} (${named('criticality', 'high').toLocaleLowerCase('vi')})` : display,
  )
  return (
    <p className={css.strip}>
      <Icon name="alert" />
      <strong>{t('records.fact.allergicTo', { name: names.join(', ') })}</strong>
    </p>
  )
}
