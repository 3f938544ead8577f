import { Button, Dialog, Notice, Stack } from '@moinha/ui'
import { useState } from 'react'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { isInCall, leaveToSignIn, type Own } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from '../parts/change-over.module.css'
import { ColleagueList, PinEntry } from '../parts/colleagues.tsx'
import { OwnPin } from '../parts/own-pin.tsx'

type Choices = ReplyOf<'identity.changeOverChoices'>

/** In the rail: gives the browser to a colleague who signed in today, and back again. */
export default function ChangeOver() {
  const [open, setOpen] = useState(false)
  const [held, setHeld] = useState(false)
  const begin = async (): Promise<void> => {
    setHeld(await isInCall())
    setOpen(true)
  }
  return (
    <>
      <Button small icon="users" onClick={() => void begin()}>
        {t('identity.changeOver.do')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('identity.changeOver.title')}
        closeLabel={t('do.close')}
      >
        {held ? <Notice tone="warn">{t('identity.changeOver.inCall')}</Notice> : <Steps />}
      </Dialog>
    </>
  )
}

function Steps() {
  const choices = useRead('identity.changeOverChoices')
  const [renew, setRenew] = useState(false)
  if (choices.error) return <ProblemNotice error={choices.error} onRetry={() => void choices.refetch()} />
  if (!choices.data) return <p>{t('state.loading')}</p>
  const { own } = choices.data
  const needsPin = own !== null && own.mayHavePin && own.mayChange && (!own.hasPin || renew)
  const set = (): void => {
    setRenew(false)
    void choices.refetch()
  }
  if (needsPin) return <OwnPin again={own.hasPin} onSet={set} />
  return <Choose choices={choices.data} onRenew={() => setRenew(true)} />
}

function Choose({ choices: { people, own }, onRenew }: { choices: Choices; onRenew: () => void }) {
  const [only] = people.length === 1 ? people : []
  const [chosen, setChosen] = useState(only ?? null)
  if (chosen) return <PinEntry own={own} person={chosen} onBack={() => setChosen(null)} />
  return (
    <Stack gap={4}>
      {own && !own.hasPin && <NoPin own={own} />}
      {people.length > 0 ? (
        <ColleagueList people={people} onChoose={setChosen} />
      ) : (
        <p>{t('identity.changeOver.nobody')}</p>
      )}
      {own?.hasPin && <SomebodyElse own={own} />}
      {own?.hasPin && own.mayChange && (
        <Button look="quiet" onClick={onRenew}>
          {t('identity.changeOver.renew')}
        </Button>
      )}
    </Stack>
  )
}

/** Why no PIN brings this person back. */
function NoPin({ own }: { own: Own }) {
  return (
    <Notice tone="warn" still>
      {own.mayHavePin ? t('identity.changeOver.afterFull') : t('identity.changeOver.notByPin')}
    </Notice>
  )
}

/** For whoever has not signed in on this device today. */
function SomebodyElse({ own }: { own: Own }) {
  const [error, setError] = useState<unknown>(null)
  return (
    <div className={css.else}>
      <Button wide icon="door" onClick={() => void leaveToSignIn(own).catch(setError)}>
        {t('identity.changeOver.other')}
      </Button>
      <ProblemNotice error={error} />
    </div>
  )
}
