import { Button, Card, Icon, List, ListRow, Skeleton } from '@moinha/ui'
import type { Fact, FactKind } from '@moinha/contracts/records'
import { useState } from 'react'
import { isProblem } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import { AddFact } from './add-fact.tsx'
import { EditFact } from './edit-fact.tsx'
import { factDetail, factTitle } from './fact-text.ts'
import css from './facts.module.css'
import { useFacts, useNoKnownAllergies } from './use-facts.ts'

interface PanelProps {
  patientId: string
  /** The encounter in which it is written. */
  encounterId?: string | null
}

interface ShownProps {
  facts: readonly Fact[]
  /** Null where the reader may not write. */
  onEdit: ((fact: Fact) => void) | null
}

const holding = (facts: readonly Fact[], kind: FactKind): Fact[] =>
  facts.filter((fact) => fact.kind === kind && fact.status === 'active')

function EditButton({ fact, onEdit }: { fact: Fact; onEdit: ShownProps['onEdit'] }) {
  if (!onEdit) return null
  return (
    <Button look="quiet" small icon="edit" iconOnly onClick={() => onEdit(fact)}>
      {t('records.fact.edit', { name: factTitle(fact) })}
    </Button>
  )
}

/** Loud: a sign, the word, the name, and how bad; never by colour alone. */
function Allergies({ facts, onEdit }: ShownProps) {
  return (
    <ul className={css.allergies} aria-label={t('records.fact.allergies')}>
      {facts.map((fact) => (
        <li key={fact.id}>
          <Icon name="alert" />
          <span className={css.allergy}>
            <strong>{t('records.fact.allergicTo', { name: fact.display })}</strong>
            {fact.criticality === 'high' && <span className={css.high}>{named('criticality', 'high')}</span>}
            <span className={css.detail}>{factDetail(fact)}</span>
          </span>
          <EditButton fact={fact} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  )
}

/** Nobody asked yet, or somebody said there is none, and when. */
function NoAllergies({ facts, onEdit, ...write }: ShownProps & { patientId: string; encounterId: string | null }) {
  const { say, busy, problem } = useNoKnownAllergies(write.patientId, write.encounterId)
  const [none] = holding(facts, 'no_known_allergies')
  if (none)
    return (
      <p className={css.none}>
        <Icon name="check" />
        <span>{t('records.fact.noneKnown', { date: formatDate(none.updatedAt), name: none.updatedByName })}</span>
        <EditButton fact={none} onEdit={onEdit} />
      </p>
    )
  return (
    <div className={css.none}>
      <Icon name="info" />
      <span>{t('records.fact.notAsked')}</span>
      {onEdit && (
        <Button small busy={busy} onClick={() => void say()}>
          {t('records.fact.sayNone')}
        </Button>
      )}
      <ProblemNotice error={problem} />
    </div>
  )
}

function Group({ kind, facts, onEdit }: ShownProps & { kind: FactKind }) {
  const shown = holding(facts, kind)
  if (shown.length === 0) return null
  return (
    <section className={css.group} aria-label={t(`records.fact.kind.${kind}`)}>
      <h3>{t(`records.fact.kind.${kind}`)}</h3>
      <Lines facts={shown} onEdit={onEdit} />
    </section>
  )
}

function Lines({ facts, onEdit }: ShownProps) {
  return (
    <List>
      {facts.map((fact) => (
        <ListRow
          key={fact.id}
          title={factTitle(fact)}
          detail={factDetail(fact)}
          trail={<EditButton fact={fact} onEdit={onEdit} />}
        />
      ))}
    </List>
  )
}

/** What no longer holds, folded. */
function Past({ facts, onEdit }: ShownProps) {
  const past = facts.filter((fact) => fact.status === 'resolved')
  if (past.length === 0) return null
  return (
    <details className={css.past}>
      <summary>{t('records.fact.past', { count: past.length })}</summary>
      <Lines facts={past} onEdit={onEdit} />
    </details>
  )
}

const groups: readonly FactKind[] = ['pregnancy', 'problem', 'medicine']

type DialogShown = 'adding' | Fact | null

interface BodyProps extends Required<PanelProps> {
  facts: readonly Fact[]
  mayWrite: boolean
}

/** What is known, with the dialogs that write it. */
function Known({ patientId, encounterId, facts, mayWrite }: BodyProps) {
  const [dialog, setDialog] = useState<DialogShown>(null)
  const shown = { facts, onEdit: mayWrite ? (fact: Fact) => setDialog(fact) : null }
  const allergies = holding(facts, 'allergy')
  const close = (): void => setDialog(null)
  const add = mayWrite && (
    <Button small icon="plus" onClick={() => setDialog('adding')}>
      {t('do.add')}
    </Button>
  )
  return (
    <Card title={t('records.fact.title')} tight actions={add}>
      {allergies.length > 0 ? (
        <Allergies {...shown} facts={allergies} />
      ) : (
        <NoAllergies {...shown} patientId={patientId} encounterId={encounterId} />
      )}
      {groups.map((kind) => (
        <Group key={kind} kind={kind} {...shown} />
      ))}
      <Past {...shown} />
      {dialog === 'adding' && <AddFact patientId={patientId} encounterId={encounterId} onClose={close} />}
      {dialog && dialog !== 'adding' && <EditFact key={dialog.id} fact={dialog} onClose={close} />}
    </Card>
  )
}

/** Allergies on top, then what else holds; written by the treating team, read by whoever sees the record. */
export function FactsPanel({ patientId, encounterId = null }: PanelProps) {
  const { data, error, refetch } = useFacts(patientId)
  // whoever was let in for a case that is over, or may not see the patient, is shown nothing
  if (isProblem(error, 'NOT_FOUND')) return null
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={3} card />
  return <Known patientId={patientId} encounterId={encounterId} facts={data.items} mayWrite={data.may.write} />
}
