import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { programmes } from '../programme-codes.ts'
import { DeskDialog } from './desk-dialogs.tsx'

interface BegunProps {
  facilityId: string
  patientId: string
  programme: string | null
}

/** Another page led here to book for a patient: the dialog is open, with them in it. */
export function BegunBooking({ facilityId }: { facilityId: string }) {
  const search = useSearch()
  const patientId = search.get('book')
  if (patientId === null || facilityId === '') return null
  return <Begun key={patientId} {...{ facilityId, patientId }} programme={search.get('programme')} />
}

function Begun({ facilityId, patientId, programme }: BegunProps) {
  const { data, error } = useRead('records.readPatient', { params: { patientId } })
  if (error) return <ProblemNotice error={error} />
  if (!data) return null
  const known = programmes.find((one) => one === programme) ?? null
  return (
    <DeskDialog
      facilityId={facilityId}
      begun={{ patient: data.patient, programme: known }}
      onClose={() => setSearch({ book: null, programme: null })}
    />
  )
}
