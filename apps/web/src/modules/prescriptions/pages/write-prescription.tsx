import { EmptyState, PageHeader, Skeleton, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate, useParam, useSearch, useUnsaved } from '../../../platform/router/index.ts'
import {
  bodyOf,
  type DraftLine,
  emptyDraft,
  type EncounterRx,
  freshLine,
  type RxDraft,
  useCheck,
  useEncounterRx,
} from '../data.ts'
import { AskedOnce } from '../parts/asked-once.tsx'
import { BeginWith } from '../parts/begin-with.tsx'
import { Findings } from '../parts/findings.tsx'
import { IssueBar } from '../parts/issue-bar.tsx'
import { LineEditor } from '../parts/line-editor.tsx'
import { MedicineSearch } from '../parts/medicine-search.tsx'

/** The form, its checks, and sending it. */
function usePrescribing(encounterId: string, replaces: string | null) {
  const [draft, setDraft] = useState<RxDraft>(emptyDraft)
  const [done, setDone] = useState(false)
  const sending = useSend('prescriptions.issue')
  const change = (part: Partial<RxDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const changeLine = (key: string, part: Partial<DraftLine>): void =>
    setDraft((before) => ({
      ...before,
      lines: before.lines.map((line) => (line.key === key ? { ...line, ...part } : line)),
    }))
  const add = (lines: DraftLine[]): void => setDraft((before) => ({ ...before, lines: [...before.lines, ...lines] }))
  const remove = (key: string): void =>
    setDraft((before) => ({ ...before, lines: before.lines.filter((line) => line.key !== key) }))
  const body = bodyOf(draft, encounterId, replaces)
  const check = useCheck(body)
  const issue = async (): Promise<void> => {
    const written = body && (await sending.run({ body }))
    if (!written) return
    setDone(true)
    toast({ text: t('prescriptions.write.issued', { code: written.content.code }) })
    await refresh('prescriptions.', 'records.readEncounter')
    navigate(`/work/prescriptions/${written.id}`)
  }
  useUnsaved(draft.lines.length > 0 && !done, t('prescriptions.write.unsaved'))
  return { draft, change, changeLine, add, remove, body, check, issue, sending }
}

type Prescribing = ReturnType<typeof usePrescribing>

function Lines({ draft, check, child, changeLine, remove, change }: Prescribing & { child: boolean }) {
  const findings = check.checked?.findings ?? []
  const onReason = (key: string, reason: string) => change({ reasons: { ...draft.reasons, [key]: reason } })
  if (draft.lines.length === 0) return <EmptyState picture="letter" title={t('prescriptions.write.empty')} />
  return (
    <>
      {draft.lines.map((line, at) => (
        <LineEditor
          key={line.key}
          line={line}
          computed={check.checked?.lines[at]}
          byWeight={child}
          onChange={(part) => changeLine(line.key, part)}
          onRemove={() => remove(line.key)}
        >
          <Findings
            findings={findings.filter((one) => one.lines[0] === at + 1)}
            reasons={draft.reasons}
            onReason={onReason}
          />
        </LineEditor>
      ))}
    </>
  )
}

function Form({ page, encounterId }: { page: EncounterRx; encounterId: string }) {
  const replaces = useSearch().get('replaces')
  const former = page.items.find((one) => one.id === replaces)
  const prescribing = usePrescribing(encounterId, former?.id ?? null)
  const { draft, change, add, check } = prescribing
  const general = (check.checked?.findings ?? []).filter((one) => one.lines.length === 0)
  if (page.refused !== null && !(former?.may.replace && page.refused === 'RX_ENCOUNTER_OVER'))
    return <EmptyState title={t(`prescriptions.refused.${page.refused}`)} />
  return (
    <Stack gap={4}>
      <MedicineSearch onPick={(medicine) => add([freshLine(medicine)])} />
      <BeginWith page={page} former={former} empty={draft.lines.length === 0} onAdd={add} />
      <Lines {...prescribing} child={page.child} />
      {draft.lines.length > 0 && (
        <>
          <AskedOnce draft={draft} child={page.child} former={former} change={change} />
          <Findings findings={general} reasons={draft.reasons} onReason={() => undefined} />
          <ProblemNotice error={check.error} />
          <IssueBar {...prescribing} encounterId={encounterId} />
        </>
      )}
    </Stack>
  )
}

/** Writing a prescription in an encounter: find, say how to take it, mend what the checks say, review, issue. */
export default function WritePrescriptionPage() {
  const encounterId = useParam('id')
  const { data, error, refetch } = useEncounterRx(encounterId)
  return (
    <>
      <PageHeader
        title={t('prescriptions.write.title')}
        back={{ href: `/work/encounters/${encounterId}`, label: t('prescriptions.write.back') }}
      />
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('state.loading')} lines={6} card />}
      {data && <Form page={data} encounterId={encounterId} />}
    </>
  )
}
