import { SelectField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { Me } from '../../../platform/session/index.ts'

export type Relation = Me['family'][number]['relation']

const relations: readonly Relation[] = [
  'child',
  'parent',
  'spouse',
  'grandparent',
  'grandchild',
  'sibling',
  'ward',
  'other',
]

interface Props {
  label: string
  value: Relation
  onChoose: (relation: Relation) => void
}

/** What somebody is to the one who acts for them. */
export function RelationField({ label, value, onChoose }: Props) {
  return (
    <SelectField label={label} value={value} onText={(text) => onChoose(text as Relation)}>
      {relations.map((one) => (
        <option key={one} value={one}>
          {t(`identity.relation.${one}`)}
        </option>
      ))}
    </SelectField>
  )
}
