import { Button, Row } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type DraftLine, type EncounterRx, lineAgain, medicineOf, type Rx, type RxLine } from '../data.ts'

interface BeginWithProps {
  page: EncounterRx
  former: Rx | undefined
  empty: boolean
  onAdd: (lines: DraftLine[]) => void
}

const again = (lines: readonly RxLine[]): DraftLine[] =>
  lines.map((line) => lineAgain(medicineOf(line), { ...line, mgPerKgDay: null }))

type Template = EncounterRx['templates'][number]

const ofTemplate = ({ lines, medicines }: Template): DraftLine[] =>
  lines.flatMap((line) => {
    const medicine = medicines.find((one) => one.id === line.medicineId)
    return medicine ? [lineAgain(medicine, line)] : []
  })

/** Beginning with what was written before: the one to be replaced, the last, or a favourite. */
export function BeginWith({ page, former, empty, onAdd }: BeginWithProps) {
  if (!empty) return null
  const last = former?.content.lines ?? page.last
  if (last.length === 0 && page.templates.length === 0) return null
  return (
    <Row>
      {last.length > 0 && (
        <Button icon="history" onClick={() => onAdd(again(last))}>
          {t('prescriptions.write.repeat')}
        </Button>
      )}
      {page.templates.map((one) => (
        <Button key={one.id} icon="copy" onClick={() => onAdd(ofTemplate(one))}>
          {one.name}
        </Button>
      ))}
    </Row>
  )
}
