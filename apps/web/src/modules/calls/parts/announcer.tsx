import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallEvent } from '../transport/call-transport.ts'
import css from './call-stage.module.css'

const SHOWN_MS = 6000

function sentence(event: CallEvent): string {
  switch (event.name) {
    case 'entered':
      return t('calls.say.entered', { name: event.who })
    case 'gone':
      return t('calls.say.gone', { name: event.who })
    case 'lost':
      return t('calls.say.lost', { name: event.who })
    case 'back':
      return t('calls.say.back', { name: event.who })
    case 'finished':
      return t('calls.say.finished')
    case 'silenced':
      return t('calls.say.silenced')
    case 'replaced':
      return t('calls.say.replaced')
  }
}

/** Says and shows what happens in the room, without taking the focus. */
export function Announcer({ session, inside }: { session: CallSession; inside: boolean }) {
  const [said, setSaid] = useState('')
  useEffect(() => session.onEvent((event) => setSaid(sentence(event))), [session])
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <p className={inside ? css.said : css.heard} role="status" aria-live="polite">
      {said}
    </p>
  )
}
