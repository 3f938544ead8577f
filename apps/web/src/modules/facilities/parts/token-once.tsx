import { Button, Dialog, Notice, Row, Stack, toast } from '@moinha/ui'
import { useRef } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { MadeProgram } from './program-form.tsx'
import css from './programs.module.css'

/** Marked, so that the keyboard copies it where the browser gives no clipboard to a page. */
function select(box: HTMLElement | null): void {
  if (box) getSelection()?.selectAllChildren(box)
}

function Token({ token }: { token: string }) {
  const box = useRef<HTMLElement>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(token)
      toast({ text: t('facilities.programs.copied') })
    } catch {
      select(box.current)
      toast({ text: t('facilities.programs.notCopied') })
    }
  }
  return (
    <Stack gap={3}>
      <Notice tone="warn" still>
        {t('facilities.programs.once')}
      </Notice>
      <code ref={box} className={css.token} aria-label={t('facilities.programs.token')} data-testid="token">
        {token}
      </code>
      <Row>
        <Button look="primary" icon="copy" onClick={() => void copy()}>
          {t('facilities.programs.copy')}
        </Button>
      </Row>
    </Stack>
  )
}

/** The one time a token is seen; only its own button closes it. */
export function TokenOnce({ made, onClose }: { made: MadeProgram; onClose: () => void }) {
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title={t('facilities.programs.madeTitle', { name: made.name })}
      closeLabel={t('do.close')}
      actions={<Button onClick={onClose}>{made.token === null ? t('do.close') : t('facilities.programs.kept')}</Button>}
    >
      {made.token === null ? (
        <Notice tone="warn" still>
          {t('facilities.programs.notAgain', { prefix: made.prefix })}
        </Notice>
      ) : (
        <Token token={made.token} />
      )}
    </Dialog>
  )
}
