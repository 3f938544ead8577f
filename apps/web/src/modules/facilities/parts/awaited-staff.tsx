import { Button, Card, CheckboxField, EmptyState, Row, Stack, toast } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import type { Slip } from './slips.tsx'

/** Most slips of one printing, as in the contract. */
const mostSlips = 100

type Awaited = ReplyOf<'identity.listAwaitedStaff'>['items'][number]

const describe = ({ fullName, username, facilityName, slipUntil }: Awaited): string =>
  [
    fullName,
    username,
    facilityName,
    slipUntil ? t('facilities.awaited.slip', { at: formatDateTime(slipUntil) }) : t('facilities.awaited.noSlip'),
  ].join(' · ')

function useAwaited(facilityId: string) {
  const list = useInfiniteQuery({
    queryKey: ['identity.listAwaitedStaff', facilityId] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('identity.listAwaitedStaff', { query: { facilityId, ...(pageParam && { after: pageParam }) } }, { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return { list, people: list.data?.pages.flatMap((page) => page.items) ?? [] }
}

/** Prints slips for the chosen; says who entered meanwhile and needs none. */
function usePrinting(facilityId: string, chosen: ReadonlySet<string>, onPrinted: (slips: Slip[]) => void) {
  const print = useSend('identity.printSlips')
  const submit = async (): Promise<void> => {
    const reply = await print.run({ body: { facilityId, personIds: [...chosen].slice(0, mostSlips) } })
    if (!reply) return
    onPrinted(reply.slips)
    if (reply.entered.length > 0)
      toast({ text: t('facilities.awaited.entered', { names: reply.entered.map((one) => one.fullName).join(', ') }) })
    await refresh('identity.listAwaitedStaff')
  }
  return { print, submit }
}

interface AwaitedBoxesProps {
  people: readonly Awaited[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}

function AwaitedBoxes({ people, chosen, onChoose }: AwaitedBoxesProps) {
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChoose(next)
  }
  return people.map((one) => (
    <CheckboxField
      key={one.personId}
      label={describe(one)}
      checked={chosen.has(one.personId)}
      onToggle={(on) => toggle(one.personId, on)}
    />
  ))
}

function PrintRow({ count, busy, onPrint }: { count: number; busy: boolean; onPrint: () => void }) {
  return (
    <Row>
      <Button icon="report" busy={busy} disabled={count === 0} onClick={onPrint}>
        {t('facilities.awaited.print', { count })}
      </Button>
      <span>{t('facilities.awaited.printHint')}</span>
    </Row>
  )
}

/** Whom the unit still waits for; a lost slip is printed anew here. */
export function AwaitedStaff({ facilityId, onSlips }: { facilityId: string; onSlips: (slips: Slip[]) => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { list, people } = useAwaited(facilityId)
  const { print, submit } = usePrinting(facilityId, chosen, (slips) => {
    // a second printing would make these worthless
    if (slips.length > 0) onSlips(slips)
    setChosen(new Set())
  })
  return (
    <Card title={t('facilities.awaited.title')}>
      <ProblemNotice error={list.error ?? print.problem} />
      {list.isSuccess && people.length === 0 && <EmptyState picture="people" title={t('facilities.awaited.none')} />}
      <Stack gap={2}>
        <AwaitedBoxes people={people} chosen={chosen} onChoose={setChosen} />
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
        {people.length > 0 && <PrintRow count={chosen.size} busy={print.busy} onPrint={() => void submit()} />}
      </Stack>
    </Card>
  )
}
