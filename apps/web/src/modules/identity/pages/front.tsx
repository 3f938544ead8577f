import { Button, cx, LinkButton, SearchField, Skeleton } from '@moinha/ui'
import { type ComponentType, useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { navigate } from '../../../platform/router/index.ts'
import { useDemo, useSession } from '../../../platform/session/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import { Landscape } from '../parts/landscape.tsx'
import css from './front.module.css'

export const served: ServedPage = {
  head: () => ({ title: t('identity.front.title'), description: t('identity.front.lead') }),
}

/** In production there is no cast, and its code is not fetched. */
function Cast() {
  const [List, setList] = useState<ComponentType | null>(null)
  useEffect(() => {
    let here = true
    import('../parts/cast-list.tsx').then(
      ({ CastList }) => here && setList(() => CastList),
      () => undefined, // the rest of the page stands without it
    )
    return () => void (here = false)
  }, [])
  return List ? <List /> : <Skeleton label={t('state.loading')} lines={6} card />
}

function Find() {
  const [text, setText] = useState('')
  const go = (): void => navigate(text.trim() ? `/find?q=${encodeURIComponent(text.trim())}` : '/find')
  return (
    <form
      className={css.find}
      role="search"
      action="/find"
      method="get"
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
        name="q"
        maxLength={80}
        autoComplete="off"
      />
      <Button type="submit" look="primary" icon="search">
        {t('identity.front.findGo')}
      </Button>
    </form>
  )
}

/** For whoever is not signed in: what this is, find a station, sign in; in the demo also the cast. */
function Welcome() {
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
      <Cast />
    </section>
  )
}

/** For a citizen who is signed in: the few things one comes for. */
function Home({ name }: { name: string | undefined }) {
  return (
    <>
      <h1 className={css.hello}>{t(name ? 'identity.home.hello' : 'identity.front.title', { name: name ?? '' })}</h1>
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
  const { me, expected } = useSession()
  if (expected) return <Home name={undefined} />
  if (me?.person?.kind === 'citizen') return <Home name={me.person.fullName} />
  return <Welcome />
}
