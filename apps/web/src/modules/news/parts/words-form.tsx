import { DateField, RadioGroup, TextArea, TextField } from '@moinha/ui'
import { fieldText } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import type { Priority } from '../data.ts'
import type { Writing } from './use-writing.ts'
import css from './write.module.css'

const priorities: readonly Priority[] = ['normal', 'important', 'urgent']

function EnglishInputs({ writing: { words, write, problem } }: { writing: Writing }) {
  return (
    <div>
      <TextField
        label={t('news.write.titleEn')}
        lang="en"
        maxLength={160}
        value={words.titleEn}
        onText={(titleEn) => write({ titleEn })}
        error={fieldText(problem, 'titleEn')}
      />
      <TextArea
        label={t('news.write.bodyEn')}
        lang="en"
        rows={6}
        maxLength={6000}
        value={words.bodyEn}
        onText={(bodyEn) => write({ bodyEn })}
        error={fieldText(problem, 'bodyEn')}
      />
    </div>
  )
}

function English({ writing }: { writing: Writing }) {
  const { words, problem } = writing
  return (
    <details
      className={css.english}
      open={
        words.titleEn !== '' ||
        words.bodyEn !== '' ||
        fieldText(problem, 'titleEn') !== undefined ||
        fieldText(problem, 'bodyEn') !== undefined
      }
    >
      <summary>{t('news.write.english')}</summary>
      <EnglishInputs writing={writing} />
    </details>
  )
}

function Vietnamese({ writing: { words, write, problem } }: { writing: Writing }) {
  return (
    <>
      <TextField
        label={t('news.write.titleVi')}
        hint={t('news.write.titleHint')}
        lang="vi"
        maxLength={160}
        value={words.titleVi}
        onText={(titleVi) => write({ titleVi })}
        error={fieldText(problem, 'titleVi')}
      />
      <TextArea
        label={t('news.write.bodyVi')}
        hint={t('news.write.bodyHint')}
        lang="vi"
        rows={9}
        maxLength={6000}
        value={words.bodyVi}
        onText={(bodyVi) => write({ bodyVi })}
        error={fieldText(problem, 'bodyVi')}
      />
    </>
  )
}

function Days({ writing: { words, write, problem } }: { writing: Writing }) {
  return (
    <div className={css.days}>
      <DateField
        label={t('news.write.from')}
        optionalMark={t('field.optional')}
        min={localDay()}
        value={words.fromDay ?? ''}
        onText={(day) => write({ fromDay: day || null })}
        error={fieldText(problem, 'fromDay')}
      />
      <DateField
        label={t('news.write.until')}
        optionalMark={t('field.optional')}
        min={words.fromDay ?? localDay()}
        value={words.untilDay ?? ''}
        onText={(day) => write({ untilDay: day || null })}
        error={fieldText(problem, 'untilDay')}
      />
    </div>
  )
}

/** What is said, how pressing it is, and on which days. */
export function WordsForm({ writing }: { writing: Writing }) {
  return (
    <>
      <Vietnamese writing={writing} />
      <English writing={writing} />
      <RadioGroup
        columns
        label={t('news.write.priority')}
        value={writing.words.priority}
        onChoose={(priority) => writing.write({ priority })}
        choices={priorities.map((value) => ({ value, label: t(`news.priority.${value}`) }))}
      />
      <Days writing={writing} />
    </>
  )
}
