import {
  Button,
  Card,
  ConfirmDialog,
  LinkButton,
  List,
  ListRow,
  Notice,
  PageHeader,
  Skeleton,
  Stack,
  TextField,
  toast,
} from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, formatNumber, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useNewsAlive, useWords } from '../data.ts'
import { PhonePreview } from '../parts/phone-preview.tsx'
import { ReadingProof } from '../parts/reading-proof.tsx'
import css from '../parts/write.module.css'

type Managed = ReplyOf<'news.managed'>

function useWithdrawal(id: string) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const withdraw = useSend('news.withdraw')
  const go = async (): Promise<void> => {
    if (!(await withdraw.run({ params: { id }, body: { reason } }))) return
    setOpen(false)
    toast({ text: t('news.withdraw.done') })
    await refresh('news.')
  }
  return { open, setOpen, reason, setReason, withdraw, go }
}

interface ReasonInputProps {
  reason: string
  onText: (reason: string) => void
  problem: unknown
}

function ReasonInput({ reason, onText, problem }: ReasonInputProps) {
  return (
    <>
      <TextField
        label={t('news.withdraw.reason')}
        value={reason}
        onText={onText}
        error={fieldText(problem, 'reason')}
      />
      {!fieldText(problem, 'reason') && <ProblemNotice error={problem} />}
    </>
  )
}

function Withdraw({ id }: { id: string }) {
  const { open, setOpen, reason, setReason, withdraw, go } = useWithdrawal(id)
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('news.withdraw.do')}
      </Button>
      <ConfirmDialog
        open={open}
        danger
        busy={withdraw.busy}
        title={t('news.withdraw.ask')}
        confirmLabel={t('news.withdraw.do')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void go()}
        onCancel={() => setOpen(false)}
      >
        <p>{t('news.withdraw.text')}</p>
        <ReasonInput reason={reason} onText={setReason} problem={withdraw.problem} />
      </ConfirmDialog>
    </>
  )
}

function Versions({ versions }: { versions: Managed['versions'] }) {
  if (versions.length < 2) return null
  return (
    <Card title={t('news.versions.title')}>
      <List>
        {versions.map((one) => (
          <ListRow
            key={one.no}
            title={t('news.versions.no', { no: one.no })}
            detail={[formatDateTime(one.at), one.authorName, one.reason].filter(Boolean).join(' · ')}
          />
        ))}
      </List>
    </Card>
  )
}

/** Where it went, since when, and how many read it. */
function leadOf({ area, shownFrom, counts }: Managed): string {
  const share =
    counts &&
    t('news.readShare', { readers: formatNumber(counts.readers), recipients: formatNumber(counts.recipients) })
  return [area?.name, shownFrom && formatDate(shownFrom), share].filter(Boolean).join(' · ')
}

function SentActions({ id }: { id: string }) {
  return (
    <>
      <LinkButton icon="edit" href={`/work/news/${id}/edit`}>
        {t('news.correct.do')}
      </LinkButton>
      <Withdraw id={id} />
    </>
  )
}

function Sent({ message }: { message: Managed }) {
  const words = useWords()
  const [newest] = message.versions
  if (!newest) return null
  const title = words(newest.titleVi, newest.titleEn)
  const body = words(newest.bodyVi, newest.bodyEn)
  return (
    <>
      <PageHeader
        back={{ href: '/work/news', label: t('news.manage.title') }}
        title={title.text}
        lead={leadOf(message)}
        actions={message.status === 'published' && <SentActions id={message.id} />}
      />
      <div className={css.desk}>
        <Stack gap={4}>
          {message.status === 'withdrawn' && (
            <Notice tone="warn" still title={t('news.status.withdrawn')}>
              {message.withdrawnReason}
            </Notice>
          )}
          <ReadingProof id={message.id} />
          <Versions versions={message.versions} />
        </Stack>
        <PhonePreview
          title={title.text}
          body={body.text}
          lang={body.lang}
          priority={newest.priority}
          sender={message.sender.name}
        />
      </div>
    </>
  )
}

/** One sent message: who read it as counts, its versions, correcting and withdrawing. */
export default function ManagedPage() {
  const { data, error, isPending, refetch } = useRead('news.managed', { params: { id: useParam('id') } })
  useNewsAlive()
  if (isPending) return <Skeleton label={t('state.loading')} lines={8} />
  return data ? <Sent message={data} /> : <ProblemNotice error={error} onRetry={() => void refetch()} />
}
