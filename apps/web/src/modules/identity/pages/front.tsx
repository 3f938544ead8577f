import { Button, cx, LinkButton, SearchField, Skeleton } from '@moinha/ui'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { useDemo, useSession } from '../../../platform/session/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import { Landscape } from '../parts/landscape.tsx'
import css from './front.module.css'

/** In production there is no cast, and its code is not fetched. */
const CastList = lazy(async () => ({ default: (await import('../parts/cast-list.tsx')).CastList }))

function Find() {
  const [text, setText] = useState('')
  const go = (): void => navigate(text.trim() ? `/find?q=${encodeURIComponent(text.trim())}` : '/find')
  return (
    <form
      className={css.find}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <SearchField
        label={t('identity.front.find')}
        hint={t('identity.front.findHint')}
        value={text}
        onText={setText}
        clearLabel={t('do.clear')}
        autoComplete="off"
      />
      <Button type="submit" look="primary" icon="search">
        {t('identity.front.findGo')}
      </Button>
    </form>
  )
}

/** For whoever is not signed in: what this is, find a station, sign in; in the demo also the cast. */
function Doorway() {
  const demo = useDemo()
  return (
    <>
      <div className={css.hero}>
        <div className={css.words}>
          <h1>{t('identity.front.heading')}</h1>
          <p className={css.lead}>{t('identity.front.lead')}</p>
          <Find />
          <div className={css.signIn}>
            <LinkButton look="secondary" icon="phone" href="/sign-in">
              {t('identity.front.byPhone')}
            </LinkButton>
          </div>
        </div>
        <div className={css.picture}>
          <Landscape />
        </div>
      </div>
      {demo ? <Demo /> : <Steps />}
    </>
  )
}

function Steps() {
  return (
    <ol className={css.steps}>
      <li>
        <strong>{t('identity.front.step1')}</strong>
        <span>{t('identity.front.step1Text')}</span>
      </li>
      <li>
        <strong>{t('identity.front.step2')}</strong>
        <span>{t('identity.front.step2Text')}</span>
      </li>
      <li>
        <strong>{t('identity.front.step3')}</strong>
        <span>{t('identity.front.step3Text')}</span>
      </li>
    </ol>
  )
}

function Demo() {
  return (
    <section className={css.demo} aria-labelledby="demo-title">
      <h2 id="demo-title">{t('identity.cast.heading')}</h2>
      <p className={css.demoLead}>{t('identity.cast.lead')}</p>
      <Suspense fallback={<Skeleton label={t('state.loading')} lines={6} card />}>
        <CastList />
      </Suspense>
    </section>
  )
}

/** For a citizen who is signed in: the few things one comes for. */
function Home({ name }: { name: string }) {
  return (
    <>
      <h1 className={css.hello}>{t('identity.home.hello', { name })}</h1>
      <div className={css.cards}>
        <Slot name="citizen.home" />
      </div>
      <div className={cx(css.hero, css.low)}>
        <div className={css.words}>
          <Find />
        </div>
        <div className={css.picture}>
          <Landscape />
        </div>
      </div>
    </>
  )
}

export default function FrontPage() {
  const { me } = useSession()
  if (me?.person?.kind === 'citizen') return <Home name={me.person.fullName} />
  return <Doorway />
}
