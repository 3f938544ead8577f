import { Badge, Button, Card, EmptyState } from '@moinha/ui'
import { useState } from 'react'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { codeName, type Contract, contractTerms as terms, type Unit } from '../data.ts'
import { ContractForm } from './contract-form.tsx'
import { EndOn } from './end-on.tsx'
import css from './facts.module.css'

function standing({ from, until, terms: has }: Contract): { tone: 'success' | 'warn' | 'plain'; text: string } {
  const today = localDay()
  if (until !== null && until <= today)
    return { tone: 'plain', text: t('facilities.contract.isEnded', { date: formatDate(until) }) }
  if (has.length < terms.length)
    return { tone: 'warn', text: t('facilities.contract.incomplete', { count: terms.length - has.length }) }
  if (from > today) return { tone: 'warn', text: t('facilities.contract.begins', { date: formatDate(from) }) }
  return { tone: 'success', text: t('facilities.contract.inForce', { date: formatDate(from) }) }
}

interface LineProps {
  unit: Unit
  contract: Contract
  onEnd: (() => void) | undefined
}

function ContractLine({ unit, contract, onEnd }: LineProps) {
  const near = contract.facilityId === unit.id
  const [otherId, other] = near
    ? [contract.partnerId, contract.partnerName]
    : [contract.facilityId, contract.facilityName]
  const missing = terms.filter((term) => !contract.terms.includes(term))
  const { tone, text } = standing(contract)
  return (
    <li className={css.line}>
      <div className={css.what}>
        <strong>
          {codeName('contract', `${contract.kind}.${near ? 'near' : 'far'}`)}:{' '}
          <a href={`/work/units/${otherId}`}>{other}</a>
        </strong>
        <span className={css.tags}>
          <Badge tone={tone}>{text}</Badge>
          {t('facilities.contract.numbered', { number: contract.number })}
        </span>
        {missing.length > 0 && (
          <span className={css.soft}>
            {t('facilities.contract.lacks', { terms: missing.map((term) => codeName('term', term)).join('; ') })}
          </span>
        )}
      </div>
      {onEnd && contract.until === null && (
        <Button small onClick={onEnd}>
          {t('facilities.contract.end')}
        </Button>
      )}
    </li>
  )
}

/** Contracts of the unit on remote care, with what their minimum content still lacks. */
export function UnitContracts({ unit }: { unit: Unit }) {
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Contract | null>(null)
  const add = (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('facilities.contract.add')}
    </Button>
  )
  return (
    <Card title={t('facilities.contract.title')} actions={unit.mayManage && add}>
      {unit.contracts.length === 0 && (
        <EmptyState picture="letter" title={t('facilities.contract.none')}>
          {t('facilities.contract.noneHint')}
        </EmptyState>
      )}
      <ul className={css.lines}>
        {unit.contracts.map((contract) => (
          <ContractLine
            key={contract.id}
            unit={unit}
            contract={contract}
            onEnd={unit.mayManage ? () => setEnding(contract) : undefined}
          />
        ))}
      </ul>
      {adding && <ContractForm unit={unit} onClose={() => setAdding(false)} />}
      {ending && (
        <EndOn
          route="facilities.endContract"
          params={{ id: unit.id, rowId: ending.id }}
          title={t('facilities.contract.endTitle', { number: ending.number })}
          text={t('facilities.contract.endText')}
          onClose={() => setEnding(null)}
        />
      )}
    </Card>
  )
}
