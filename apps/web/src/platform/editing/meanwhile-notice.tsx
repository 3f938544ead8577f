import { Button, Notice } from '@moinha/ui'
import { t } from '../i18n/index.ts'
import css from './meanwhile-notice.module.css'
import type { Fields } from './rebase.ts'
import type { Meanwhile } from './use-editing.ts'

interface Props<F extends Fields> {
  meanwhile: Meanwhile<F> | null
  /** What a field is called on the form. */
  labels: Readonly<Record<keyof F & string, string>>
  /** How the value of a field reads, where it is not text of its own. */
  textOf?: (key: keyof F & string, value: F[keyof F & string]) => string
  onTake: (key: keyof F & string) => void
}

/** Says what a colleague changed while one typed; each word that both changed is decided here. */
export function MeanwhileNotice<F extends Fields>({ meanwhile, labels, textOf, onTake }: Props<F>) {
  if (!meanwhile) return null
  const { taken, clashes, current } = meanwhile
  const said = (key: keyof F & string): string => {
    const value = current[key]
    return (textOf?.(key, value) ?? String(value ?? '')) || t('meanwhile.empty')
  }
  return (
    <Notice tone="warn" title={t('meanwhile.title')}>
      <p>{t(clashes.length > 0 ? 'meanwhile.decide' : 'meanwhile.saveAgain')}</p>
      <ul className={css.list}>
        {clashes.map((key) => (
          <li key={key}>
            <span>{t('meanwhile.theirs', { field: labels[key], value: said(key) })}</span>
            <Button small onClick={() => onTake(key)}>
              {t('meanwhile.take')}
            </Button>
          </li>
        ))}
        {taken.map((key) => (
          <li key={key}>{t('meanwhile.taken', { field: labels[key], value: said(key) })}</li>
        ))}
      </ul>
    </Notice>
  )
}
