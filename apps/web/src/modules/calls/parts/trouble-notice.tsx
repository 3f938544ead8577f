import { Button, Notice } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import type { Panels } from './use-panels.ts'

/** A hiccup mends itself; after this long people should know of another way. */
const TROUBLE_MS = 15_000

/** Nothing of the others gets through: the line is away, or all of theirs are. */
function isSilent({ state, participants }: Pick<CallSnapshot, 'state' | 'participants'>): boolean {
  const flowing = participants.some((person) => person.state === 'connected')
  return !flowing && (participants.length > 0 || state === 'reconnecting')
}

/** Sound and picture have failed for a while: the ways that need neither. */
export function TroubleNotice({ call, panels }: { call: CallSnapshot; panels: Panels }) {
  const silent = isSilent(call)
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!silent) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), TROUBLE_MS)
    return () => clearTimeout(timer)
  }, [silent])
  const ways = panels.shown.filter(({ code }) => (code === 'chat' || code === 'phone') && code !== panels.open)
  if (!lasting || ways.length === 0) return null
  return (
    <Notice
      tone="warn"
      actions={ways.map(({ code, icon, title }) => (
        <Button key={code} small icon={icon} onClick={() => panels.show(code)}>
          {t(title)}
        </Button>
      ))}
    >
      {t('calls.trouble.text')}
    </Notice>
  )
}
