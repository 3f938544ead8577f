import { Avatar, BrandMark, cx, Icon, LinkButton, ToastRegion, WovenBand } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t, useLanguage } from '../i18n/index.ts'
import { usePlace } from '../router/index.ts'
import { mayAccess, useSession } from '../session/index.ts'
import { Slot, useShell } from '../shell/index.ts'
import { useLiveSession } from '../realtime/index.ts'
import css from './citizen-layout.module.css'
import { LanguageSwitch } from './language-switch.tsx'
import { ConnectionStrip, DemoRibbon, SkipLink } from './strips.tsx'

/** Is this menu line the place we are in, or above it? */
export const isHere = (to: string, path: string, home: string): boolean =>
  to === home ? path === home : path === to || path.startsWith(`${to}/`)

function Account() {
  const { me, signedIn } = useSession()
  if (!me) return <span className={css.accountRoom} />
  if (!signedIn)
    return (
      <LinkButton small look="secondary" icon="user" href="/sign-in">
        {t('account.signIn')}
      </LinkButton>
    )
  const staff = me.person?.kind === 'staff'
  const name = me.person?.fullName || t('account.mine')
  return (
    <a className={css.account} href={staff ? me.home : '/account'} aria-label={t('account.of', { name })}>
      <Avatar name={name} size={2.25} />
      <span>{name}</span>
    </a>
  )
}

function Menu() {
  const { menu, home } = useShell()
  const { me } = useSession()
  const { path } = usePlace()
  const lines = menu.filter((line) => mayAccess(me, line.access))
  if (lines.length < 2) return null
  return (
    <nav className={css.menu} aria-label={t('menu.main')}>
      {lines.map((line) => (
        <a
          key={line.to}
          href={line.to}
          className={css.menuLine}
          aria-current={isHere(line.to, path, home) ? 'page' : undefined}
        >
          <Icon name={line.icon} />
          <span>{t(line.key)}</span>
          <Slot name="citizen.menu" props={{ to: line.to }} />
        </a>
      ))}
    </nav>
  )
}

function Header({ bare }: { bare: boolean }) {
  return (
    <header className={css.header}>
      <WovenBand />
      <div className={css.bar}>
        <a className={css.brand} href="/">
          <BrandMark />
          <span>Mọi Nhà</span>
        </a>
        {!bare && <Menu />}
        <div className={css.tools}>
          <LanguageSwitch />
          {!bare && <Account />}
        </div>
      </div>
    </header>
  )
}

function Footer() {
  return (
    <footer className={css.footer}>
      <p>{t('footer.emergency')}</p>
      <p>
        <a href="/work">{t('footer.staff')}</a>
      </p>
    </footer>
  )
}

/** Around every citizen page: name, language and account above; five big doors, below on a phone. */
export function CitizenLayout({ children, bare }: { children: ReactNode; bare: boolean }) {
  useLanguage()
  const { me } = useSession()
  useLiveSession(me?.person?.id)
  return (
    <div className={cx(css.page, bare && css.bare)}>
      <SkipLink />
      <DemoRibbon />
      <Header bare={bare} />
      <ConnectionStrip />
      <Slot name="citizen.banner" />
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      {!bare && <Footer />}
      <ToastRegion closeLabel={t('do.close')} />
    </div>
  )
}
