import { Button, Row, Stack, TextArea } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import css from './request-form.module.css'

const most = 10

interface QuestionsProps {
  questions: readonly string[]
  onQuestions: (questions: string[]) => void
  error: string | false
}

/** Numbered questions: each gets its own answer in the minutes. */
export function Questions({ questions, onQuestions, error }: QuestionsProps) {
  return (
    <Stack gap={3}>
      <div>
        <h2>{t('consults.new.questions')}</h2>
        <p className={css.soft}>{t('consults.new.questionHint')}</p>
      </div>
      {questions.map((question, at) => (
        <div key={at} className={css.questionLine}>
          <TextArea
            rows={2}
            label={t('consults.new.question', { no: at + 1 })}
            value={question}
            maxLength={1000}
            error={at === 0 && error}
            onText={(text) => onQuestions(questions.map((one, index) => (index === at ? text : one)))}
          />
          {questions.length > 1 && (
            <Button
              look="quiet"
              icon="trash"
              iconOnly
              onClick={() => onQuestions(questions.filter((_, index) => index !== at))}
            >
              {t('consults.new.removeQuestion', { no: at + 1 })}
            </Button>
          )}
        </div>
      ))}
      {questions.length < most && (
        <Row>
          <Button small icon="plus" onClick={() => onQuestions([...questions, ''])}>
            {t('consults.new.addQuestion')}
          </Button>
        </Row>
      )}
    </Stack>
  )
}
