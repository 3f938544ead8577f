import { Avatar, BrandMark, Button, cx, Icon, ToastRegion } from '@moinha/ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useOnePerson } from '../change-over/index.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { useLiveSession } from '../realtime/index.ts'
import { usePlace } from '../router/index.ts'
import { mayAccess, signOut, useSession } from '../session/index.ts'
import { Slot, useShell } from '../shell/index.ts'
import { isHere } from './citizen-layout.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import css from './staff-layout.module.css'
import { ConnectionStrip, DemoRibbon, SkipLink } from './strips.tsx'

function Menu() {
  const { menu, home } = useShell()
  const { me } = useSession()
  const { path } = usePlace()
  return (
    <nav className={css.menu} aria-label={t('menu.main')}>
      {menu
        .filter((line) => mayAccess(me, line.access))
        .map((line) => (
          <a
            key={line.to}
            href={line.to}
            className={css.line}
            aria-current={isHere(line.to, path, home) ? 'page' : undefined}
          >
            <Icon name={line.icon} />
            <span>{t(line.key)}</span>
          </a>
        ))}
    </nav>
  )
}

function Who() {
  const { me } = useSession()
  if (!me?.person) return null
  const [practitionerRole] = me.practitionerRoles
  return (
    <div className={css.who}>
      <div className={css.person}>
        <Avatar name={me.person.fullName} />
        <div className={css.personText}>
          <strong>{me.person.fullName}</strong>
          {practitionerRole && <span>{practitionerRole.title}</span>}
        </div>
      </div>
      <Slot name="staff.who" />
      <div className={css.whoTools}>
        <LanguageSwitch />
        <Button look="quiet" small icon="door" onClick={() => void signOut()}>
          {t('account.signOut')}
        </Button>
      </div>
    </div>
  )
}

function Rail({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { me } = useSession()
  const [practitionerRole] = me?.practitionerRoles ?? []
  return (
    <div className={cx(css.rail, open && css.railOpen)}>
      <div className={css.railHead}>
        <a className={css.brand} href="/work">
          <BrandMark />
          <span>Mọi Nhà</span>
        </a>
        <Button look="quiet" icon="x" iconOnly small className={css.onlyPhone} onClick={onClose}>
          {t('do.close')}
        </Button>
      </div>
      {practitionerRole && (
        <p className={css.unit}>
          <Icon name="home" size={1.1} />
          {practitionerRole.facilityName}
        </p>
      )}
      <Slot name="staff.presence" />
      <Menu />
      <Who />
    </div>
  )
}

/** Tells the page how high the strips above all are, so that the rail begins and ends in sight. */
function useStripsHeight() {
  const strips = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0
      document.documentElement.style.setProperty('--strips', `${height}px`)
    })
    if (strips.current) watch.observe(strips.current)
    return () => watch.disconnect()
  }, [])
  return strips
}

/** The drawer of a phone: another page and Escape close it. */
function useDrawer() {
  const { path } = usePlace()
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(false), [path])
  useEffect(() => {
    if (!open) return
    const shut = (event: KeyboardEvent): void => void (event.key === 'Escape' && setOpen(false))
    document.addEventListener('keydown', shut)
    return () => document.removeEventListener('keydown', shut)
  }, [open])
  return { open, setOpen }
}

/** Above the doors, where nobody is in yet. */
function DoorBar() {
  return (
    <div className={css.doorBar}>
      <a className={css.brand} href="/">
        <BrandMark size={1.9} />
        <span>Mọi Nhà</span>
      </a>
      <LanguageSwitch />
    </div>
  )
}

function PhoneBar({ open, onOpen }: { open: boolean; onOpen: () => void }) {
  return (
    <div className={css.phoneBar}>
      <Button look="quiet" icon="menu" aria-expanded={open} onClick={onOpen}>
        {t('menu.open')}
      </Button>
      <a className={css.brand} href="/work">
        <BrandMark size={1.9} />
        <span>Mọi Nhà</span>
      </a>
    </div>
  )
}

/** All that stays above a page. */
function Top({ bare, open, onOpen }: { bare: boolean; open: boolean; onOpen: () => void }) {
  const { me } = useSession()
  const strips = useStripsHeight()
  return (
    <div ref={strips} className={css.top} data-no-print>
      <DemoRibbon />
      <ConnectionStrip />
      <Slot name="staff.ring" />
      <Slot name="staff.return" />
      {bare && me && !me.person && <DoorBar />}
      {!bare && <PhoneBar open={open} onOpen={onOpen} />}
    </div>
  )
}

/** Around every staff page: rail on a desk, drawer on a phone; rings and "return to the visit" above all. */
export function StaffLayout({ children, bare }: { children: ReactNode; bare: boolean }) {
  useLanguage()
  const { me } = useSession()
  const personId = me?.person?.id
  useLiveSession(personId)
  useOnePerson(personId)
  const { open, setOpen } = useDrawer()
  return (
    <div className={cx(css.page, bare && css.bare)}>
      <SkipLink />
      <Top bare={bare} open={open} onOpen={() => setOpen(true)} />
      {!bare && <Rail open={open} onClose={() => setOpen(false)} />}
      {!bare && open && <div className={css.shade} aria-hidden="true" onClick={() => setOpen(false)} />}
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <ToastRegion closeLabel={t('do.close')} />
    </div>
  )
}
