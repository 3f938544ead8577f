import { CheckboxField, Notice, RadioGroup, Row, TextField, toast, Button } from '@moinha/ui'
import { useState } from 'react'
import { isProblem, refresh, useSend } from '../../../platform/api/index.ts'
import { useMet } from '../../../platform/editing/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, type Unit } from '../data.ts'
import { DateRow } from './dates.tsx'
import { FormDialog } from './form-dialog.tsx'
import { type Picked, UnitPicker } from './unit-picker.tsx'

const kinds = ['merge', 'split', 'rename', 'reorganise'] as const
type Kind = (typeof kinds)[number]

export function SourceField({ value, onText }: { value: string; onText: (text: string) => void }) {
  return (
    <TextField
      label={t('facilities.field.source')}
      hint={t('facilities.field.sourceHint')}
      optionalMark={t('field.optional')}
      value={value}
      onText={onText}
      maxLength={300}
    />
  )
}

function useMove(unit: Unit, onClose: () => void) {
  const [parent, setParent] = useState<Picked | null>(null)
  const [from, setFrom] = useState('')
  const [source, setSource] = useState('')
  const sending = useSend('facilities.moveUnit')
  const save = async (): Promise<void> => {
    if (!parent || !(await sending.run({ params: { id: unit.id }, body: { parentId: parent.id, from, source } })))
      return
    await refresh('facilities.')
    toast({ text: t('facilities.unit.moved', { unit: unit.shortName, parent: parent.name }) })
    onClose()
  }
  return { parent, setParent, from, setFrom, source, setSource, sending, save }
}

/** Another parent from a date; the map of earlier days stays as it was. */
export function MoveUnit({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { parent, setParent, from, setFrom, source, setSource, sending, save } = useMove(unit, onClose)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.unit.moveTitle', { unit: unit.shortName })}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      submitLabel={t('facilities.unit.move')}
      disabled={!parent || from === ''}
    >
      <UnitPicker label={t('facilities.unit.newParent')} picked={parent} onPick={setParent} except={unit.id} />
      <DateRow
        label={t('facilities.unit.moveFrom')}
        value={from}
        onText={setFrom}
        hint={t('facilities.unit.moveHint')}
      />
      <SourceField value={source} onText={setSource} />
    </FormDialog>
  )
}

interface SuccessorsProps {
  list: readonly Picked[]
  setList: (list: Picked[]) => void
  except: string
}

function Successors({ list, setList, except }: SuccessorsProps) {
  return (
    <>
      {list.map((one) => (
        <Row key={one.id} spread>
          <strong>{one.name}</strong>
          <Button small look="quiet" icon="x" onClick={() => setList(list.filter((other) => other.id !== one.id))}>
            {t('facilities.unit.dropSuccessor')}
          </Button>
        </Row>
      ))}
      <UnitPicker
        key={list.length}
        label={t(list.length > 0 ? 'facilities.unit.furtherSuccessor' : 'facilities.unit.successor')}
        picked={null}
        except={except}
        onPick={(unit) => setList([...list.filter((other) => other.id !== unit.id), unit])}
      />
    </>
  )
}

/** How a unit ends, and its sending. */
function useEnding(unit: Unit, onClose: () => void) {
  const [on, setOn] = useState('')
  const [followed, setFollowed] = useState(true)
  const [kind, setKind] = useState<Kind>('merge')
  const [list, setList] = useState<Picked[]>([])
  const [heir, setHeir] = useState<string | null>(null)
  const [source, setSource] = useState('')
  // the unit as it was when this was opened; as it is now only for who was told that it changed
  const [version, setVersion] = useState(unit.version)
  const sending = useSend('facilities.endUnit', { after: () => refresh('facilities.') })
  useMet(isProblem(sending.problem, 'CHANGED_MEANWHILE') ? unit.version : undefined, setVersion)
  const successors = followed ? list.map((one) => one.id) : []
  const save = async (): Promise<void> => {
    const how = { ...(followed && { kind }), ...(heir && { beneathTo: heir }) }
    const body = { version, on, source, successors, ...how }
    if (!(await sending.run({ params: { id: unit.id }, body }))) return
    toast({ text: t('facilities.unit.endSaved') })
    onClose()
  }
  const complete = on !== '' && (!followed || list.length > 0)
  const values = { on, followed, kind, list, heir, source }
  return { ...values, setOn, setFollowed, setKind, setList, setHeir, setSource, sending, save, complete }
}

type Ending = ReturnType<typeof useEnding>

/** Who follows, in which way, and who takes over what stood beneath. */
function Following({ unit, ending }: { unit: Unit; ending: Ending }) {
  const { followed, kind, setKind, list, setList, heir, setHeir } = ending
  return (
    <>
      {followed && (
        <>
          <RadioGroup
            label={t('facilities.unit.how')}
            columns
            choices={kinds.map((value) => ({ value, label: codeName('succession', value) }))}
            value={kind}
            onChoose={setKind}
          />
          <Successors list={list} setList={setList} except={unit.id} />
        </>
      )}
      {unit.beneath > 0 && list.length > 1 && (
        <RadioGroup
          label={t('facilities.unit.beneathTo', { count: unit.beneath })}
          choices={list.map((one) => ({ value: one.id, label: one.name }))}
          value={heir}
          onChoose={setHeir}
        />
      )}
    </>
  )
}

/** The unit ends: closed, or followed by one or several. Firm words, because it reaches the whole branch. */
export function EndUnit({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const ending = useEnding(unit, onClose)
  const { on, setOn, followed, setFollowed, source, setSource, sending, save, complete } = ending
  return (
    <FormDialog
      open
      onClose={onClose}
      danger
      title={t('facilities.unit.endTitle', { unit: unit.shortName })}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      submitLabel={t('facilities.unit.end')}
      disabled={!complete}
    >
      <Notice tone="warn" still>
        {t('facilities.unit.endWarning')}
      </Notice>
      <DateRow label={t('facilities.unit.endOn')} value={on} onText={setOn} hint={t('facilities.unit.endHint')} />
      <CheckboxField label={t('facilities.unit.isFollowed')} checked={followed} onToggle={setFollowed} />
      <Following unit={unit} ending={ending} />
      <SourceField value={source} onText={setSource} />
    </FormDialog>
  )
}
