import { paragraphsOf } from '../data.ts'
import css from './news.module.css'

/** Plain text with paragraphs; single line breaks stay. */
export function MessageText({ body, lang }: { body: string; lang: 'vi' | 'en' }) {
  return (
    <div className={css.text} lang={lang}>
      {paragraphsOf(body).map((part, at) => (
        <p key={at}>{part}</p>
      ))}
    </div>
  )
}
