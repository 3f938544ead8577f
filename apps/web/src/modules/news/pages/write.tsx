import { Button, Card, ConfirmDialog, PageHeader, Row, Skeleton, Stack, TextField, toast } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queryFor, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { MeanwhileNotice } from '../../../platform/editing/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatNumber, t, wordFor } from '../../../platform/i18n/index.ts'
import { navigate, useParam, useUnsaved } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { AreaPicker } from '../parts/area-picker.tsx'
import { PhonePreview } from '../parts/phone-preview.tsx'
import { useWriting, type Words, type Writing } from '../parts/use-writing.ts'
import { WordsForm } from '../parts/words-form.tsx'
import css from '../parts/write.module.css'

type Managed = ReplyOf<'news.managed'>

const isReady = ({ area, words, correcting, reason }: Writing): boolean =>
  area !== null && words.titleVi.trim() !== '' && words.bodyVi.trim() !== '' && (!correcting || reason.trim() !== '')

/** Sending after a question. */
function useAskedSending(writing: Writing) {
  const [asking, setAsking] = useState(false)
  const go = async (): Promise<void> => {
    const sent = await writing.send()
    setAsking(false)
    if (!sent) return
    toast({ text: t(writing.correcting ? 'news.correct.done' : 'news.write.sent') })
    navigate(`/work/news/${writing.id}`, { replace: true })
  }
  return { asking, setAsking, go }
}

function SendButton({ writing }: { writing: Writing }) {
  const { asking, setAsking, go } = useAskedSending(writing)
  const { area, correcting } = writing
  return (
    <>
      <Button look="primary" icon="message" disabled={!isReady(writing)} onClick={() => setAsking(true)}>
        {t(correcting ? 'news.correct.send' : 'news.write.send')}
      </Button>
      <ConfirmDialog
        open={asking}
        busy={writing.busy}
        onCancel={() => setAsking(false)}
        onConfirm={() => void go()}
        cancelLabel={t('do.cancel')}
        confirmLabel={t(correcting ? 'news.correct.send' : 'news.write.send')}
        title={t('news.write.ask', { area: area?.name ?? '' })}
      >
        {area && area.people !== null && <p>{t('news.write.askPeople', { count: formatNumber(area.people) })}</p>}
        <p>{t(correcting ? 'news.correct.text' : 'news.write.askText')}</p>
      </ConfirmDialog>
    </>
  )
}

function DropDraft({ writing }: { writing: Writing }) {
  const drop = useSend('news.dropDraft')
  const [asking, setAsking] = useState(false)
  const go = async (): Promise<void> => {
    if (!(await drop.run({ params: { id: writing.id } }))) return
    navigate('/work/news', { replace: true })
    await refresh('news.')
  }
  if (writing.edits === 0 || writing.correcting) return null
  return (
    <>
      <Button look="quiet" icon="trash" onClick={() => setAsking(true)}>
        {t('news.write.drop')}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        busy={drop.busy}
        title={t('news.write.dropAsk')}
        confirmLabel={t('do.delete')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void go()}
        onCancel={() => setAsking(false)}
      >
        <ProblemNotice error={drop.problem} />
      </ConfirmDialog>
    </>
  )
}

/** Sends it, keeps it for later, or throws the draft away. */
function Ways({ writing }: { writing: Writing }) {
  const keep = async (): Promise<void> => {
    if ((await writing.keep()) !== undefined) toast({ text: t('news.write.kept') })
  }
  return (
    <Row>
      <SendButton writing={writing} />
      {!writing.correcting && (
        <Button busy={writing.busy} disabled={!writing.area} onClick={() => void keep()}>
          {t('news.write.keep')}
        </Button>
      )}
      <DropDraft writing={writing} />
    </Row>
  )
}

/** A new message says for whom; a correction says why. */
function ForWhomOrWhy({ writing }: { writing: Writing }) {
  if (!writing.correcting)
    return <AreaPicker area={writing.area} onChoose={writing.chooseArea} error={fieldText(writing.problem, 'areaId')} />
  return (
    <TextField
      label={t('news.correct.reason')}
      hint={t('news.correct.reasonHint')}
      value={writing.reason}
      onText={writing.giveReason}
      error={fieldText(writing.problem, 'reason')}
    />
  )
}

const wordLabels = () => ({
  titleVi: t('news.write.titleVi'),
  bodyVi: t('news.write.bodyVi'),
  titleEn: t('news.write.titleEn'),
  bodyEn: t('news.write.bodyEn'),
  priority: t('news.write.priority'),
  fromDay: t('news.write.from'),
  untilDay: t('news.write.until'),
})

function wordText(key: keyof Words, value: string | null): string {
  if (value !== null && key === 'priority') return wordFor(`news.priority.${value}`) ?? value
  return value !== null && key.endsWith('Day') ? formatDate(value) : (value ?? '')
}

function ColleagueWrote({ writing: { editing } }: { writing: Writing }) {
  return <MeanwhileNotice meanwhile={editing.meanwhile} labels={wordLabels()} textOf={wordText} onTake={editing.take} />
}

function Desk({ message }: { message: Managed | undefined }) {
  const writing = useWriting(message)
  const { me } = useSession()
  const { words, correcting } = writing
  useUnsaved(writing.dirty && !writing.busy, t('news.write.leave'))
  return (
    <>
      <PageHeader
        back={{ href: '/work/news', label: t('news.manage.title') }}
        title={t(correcting ? 'news.correct.title' : 'news.write.title')}
        lead={correcting ? t('news.correct.lead') : t('news.write.lead')}
      />
      <div className={css.desk}>
        <Card as="div">
          <Stack gap={5}>
            <ForWhomOrWhy writing={writing} />
            <ColleagueWrote writing={writing} />
            <WordsForm writing={writing} />
            <ProblemNotice error={writing.problem} />
            <Ways writing={writing} />
          </Stack>
        </Card>
        <PhonePreview
          title={words.titleVi}
          body={words.bodyVi}
          lang="vi"
          priority={words.priority}
          sender={message?.sender.name ?? me?.practitionerRoles[0]?.facilityName ?? ''}
        />
      </div>
    </>
  )
}

/** Writing a message, going on with a draft, or correcting one that people see. */
export default function WritePage() {
  const id = useParam('id')
  const { data, error, isFetching, refetch } = useQuery<Managed, Error>({
    ...queryFor('news.managed', { params: { id } }),
    enabled: id !== '',
    refetchOnWindowFocus: false,
  })
  const [first, setFirst] = useState<Managed>()
  // What is typed stays: a later read does not replace it. The first one must be fresh, or an old draft would be
  // written over.
  if (!first && data && !isFetching) setFirst(data)
  if (id === '') return <Desk message={undefined} />
  if (error && !first) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  return first ? <Desk message={first} /> : <Skeleton label={t('state.loading')} lines={8} />
}
