import { Button, Row, Stack, TextArea } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import css from './request-form.module.css'

const most = 10

interface QuestionsProps {
  questions: readonly string[]
  onQuestions: (questions: string[]) => void
  error: string | false
}

interface LineProps {
  no: number
  question: string
  onText: (text: string) => void
  /** None where it is the only question. */
  onRemove: (() => void) | false
  error: string | false
}

function QuestionLine({ no, question, onText, onRemove, error }: LineProps) {
  return (
    <div className={css.questionLine}>
      <TextArea
        rows={2}
        label={t('consults.new.question', { no })}
        value={question}
        maxLength={1000}
        error={error}
        onText={onText}
      />
      {onRemove && (
        <Button look="quiet" icon="trash" iconOnly onClick={onRemove}>
          {t('consults.new.removeQuestion', { no })}
        </Button>
      )}
    </div>
  )
}

function QuestionLines({ questions, onQuestions, error }: QuestionsProps) {
  return questions.map((question, at) => (
    <QuestionLine
      key={at}
      no={at + 1}
      question={question}
      error={at === 0 && error}
      onText={(text) => onQuestions(questions.map((one, index) => (index === at ? text : one)))}
      onRemove={questions.length > 1 && (() => onQuestions(questions.filter((_, index) => index !== at)))}
    />
  ))
}

/** Numbered questions: each gets its own answer in the minutes. */
export function Questions({ questions, onQuestions, error }: QuestionsProps) {
  return (
    <Stack gap={3}>
      <div>
        <h2>{t('consults.new.questions')}</h2>
        <p className={css.soft}>{t('consults.new.questionHint')}</p>
      </div>
      <QuestionLines questions={questions} onQuestions={onQuestions} error={error} />
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
