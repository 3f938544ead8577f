import { t } from '../../../platform/i18n/index.ts'
import type { Priority } from '../data.ts'
import { MessageText } from './message-text.tsx'
import css from './write.module.css'
import { PriorityTag } from './priority-tag.tsx'

interface Preview {
  title: string
  body: string
  lang: 'vi' | 'en'
  priority: Priority
  sender: string
}

/** The message as it will stand on a phone. */
export function PhonePreview({ title, body, lang, priority, sender }: Preview) {
  return (
    <figure className={css.preview}>
      <figcaption className={css.soft}>{t('news.write.preview')}</figcaption>
      <div className={css.phone}>
        <PriorityTag priority={priority} />
        <h3 lang={lang}>{title || t('news.write.previewTitle')}</h3>
        <p className={css.soft}>{sender}</p>
        {body ? <MessageText body={body} lang={lang} /> : <p className={css.soft}>{t('news.write.previewBody')}</p>}
      </div>
    </figure>
  )
}
