import { Button, Dialog, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type Annex, annexForm, type AnnexRow, labelOf } from '../data.ts'

const read = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim().replace(',', '.')))

interface RegisterProps {
  annex: Annex
  row: AnnexRow
  onClose: () => void
}

/** The promise as typed, and keeping it. */
function useRegister({ annex, row, onClose }: RegisterProps) {
  const [text, setText] = useState(row.registered === null ? '' : String(row.registered))
  const register = useSend('indicators.register')
  const value = read(text)
  const wrong = value !== null && !(value >= 0)
  const save = async (): Promise<void> => {
    if (
      !(await register.run({
        params: { form: annexForm, unitId: annex.unit.id },
        body: { year: Number(annex.quarter.slice(0, 4)), no: row.no, value },
      }))
    )
      return
    toast({ text: t('state.saved') })
    onClose()
    await refresh('indicators.annex')
  }
  return { text, setText, wrong, save, busy: register.busy, problem: register.problem }
}

type Registering = ReturnType<typeof useRegister>

function PromiseField({ row, text, setText, wrong, problem }: Registering & { row: AnnexRow }) {
  return (
    <TextField
      label={labelOf(row).text}
      hint={t('indicators.register.hint')}
      inputMode="decimal"
      autoComplete="off"
      autoFocus
      value={text}
      onText={setText}
      error={wrong ? t('indicators.register.wrong') : fieldText(problem, 'value')}
    />
  )
}

/** What the unit promises for the year. Empty takes the promise back. */
export function RegisterDialog(props: RegisterProps) {
  const { annex, row, onClose } = props
  const registering = useRegister(props)
  const { busy, wrong, save, problem } = registering
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={busy} disabled={wrong} onClick={() => void save()}>
        {t('do.save')}
      </Button>
    </>
  )
  const title = t('indicators.register.title', { no: row.no, year: annex.quarter.slice(0, 4) })
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} actions={actions}>
      <p>{annex.unit.name}</p>
      <PromiseField row={row} {...registering} />
      <ProblemNotice error={problem} />
    </Dialog>
  )
}
