import { type BadgeTone, toast } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import { readAgain, reasonText, type TroubledJob, useTroubles } from '../data.ts'
import { GiveUp } from './give-up.tsx'
import { RetryAll } from './retry-all.tsx'
import { TroubleCard } from './trouble-card.tsx'
import { TroubleList } from './trouble-list.tsx'

const tones: Record<TroubledJob['state'], BadgeTone> = {
  failed: 'danger',
  waiting: 'warn',
  abandoned: 'danger',
  overdue: 'danger',
  long: 'warn',
}
const seen = ({ id, attempts }: TroubledJob) => ({ id, attempts })

function JobCard({ job, onGiveUp }: { job: TroubledJob; onGiveUp: () => void }) {
  const sending = useSend('operations.retryJobs')
  const retry = async (): Promise<void> => {
    if (await sending.run({ body: { items: [seen(job)] } })) toast({ text: t('operations.jobs.queued', { count: 1 }) })
    readAgain()
  }
  // what nobody takes up is not helped by waiting once more, and what a living worker holds is not ours to touch
  const stands = job.state === 'overdue' || job.state === 'long'
  return (
    <>
      <TroubleCard
        title={inLanguage(job.names)}
        tone={tones[job.state]}
        state={t(`operations.jobs.state.${job.state}`)}
        reason={reasonText(job.errorCode)}
        facts={[
          t('operations.since', { at: formatDateTime(job.createdAt) }),
          job.attempts > 0 && t('operations.tries', { count: job.attempts }),
          job.failedAt && t('operations.lastTry', { at: formatDateTime(job.failedAt) }),
          job.nextAt && t('operations.nextTry', { at: formatDateTime(job.nextAt) }),
          job.heldSince && t('operations.jobs.held', { at: formatDateTime(job.heldSince) }),
        ]}
        advice={
          job.state === 'failed' || job.state === 'waiting' ? undefined : t(`operations.jobs.advice.${job.state}`)
        }
        retry={stands ? undefined : { label: t('operations.jobs.retry'), busy: sending.busy, run: () => void retry() }}
        onGiveUp={job.state === 'long' ? undefined : onGiveUp}
      />
      <ProblemNotice error={sending.problem} />
    </>
  )
}

/** Which job one is about to give up, if any, and giving it up. */
function useGivingUp() {
  const [givenUp, setGivenUp] = useState<TroubledJob | null>(null)
  const sending = useSend('operations.giveUpJobs')
  const giveUp = async (word: string): Promise<void> => {
    if (!givenUp) return
    const reply = await sending.run({ body: { items: [seen(givenUp)], word } })
    readAgain()
    if (!reply) return
    toast({ text: t('operations.jobs.gone') })
    setGivenUp(null)
  }
  const ask = (job: TroubledJob): void => {
    sending.clear()
    setGivenUp(job)
  }
  return { givenUp, sending, giveUp, ask, close: () => setGivenUp(null) }
}

function GiveUpJob({ sending, giveUp, close }: ReturnType<typeof useGivingUp>) {
  return (
    <GiveUp
      title={t('operations.jobs.giveUpOne')}
      warning={t('operations.jobs.giveUpText')}
      sending={sending}
      onGiveUp={giveUp}
      onClose={close}
    />
  )
}

/** Jobs of the server that are not as they should be. */
export function JobList() {
  const list = useTroubles('operations.listJobs')
  const giving = useGivingUp()
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <TroubleList
      list={list}
      empty={items.length === 0}
      none={{ picture: 'hills', title: t('operations.jobs.none'), text: t('operations.jobs.noneText') }}
      dialog={giving.givenUp && <GiveUpJob {...giving} />}
    >
      <RetryAll
        route="operations.retryJobs"
        label={t('operations.jobs.retryAll')}
        done={(count) => t('operations.jobs.queued', { count })}
        possible={items.some(({ state }) => state === 'failed' || state === 'waiting')}
      />
      {items.map((job) => (
        <JobCard key={job.id} job={job} onGiveUp={() => giving.ask(job)} />
      ))}
    </TroubleList>
  )
}
