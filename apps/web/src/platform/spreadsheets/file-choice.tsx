import { Button, Card, Row, Stack } from '@moinha/ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import css from './file-choice.module.css'

interface Props {
  title: string
  /** What the file is for. */
  what: string
  /** What is to be minded, a sentence each. */
  rules: readonly string[]
  /** Stands before the one main button, e.g. a template to download. */
  beside?: ReactNode
  /** On the button, and while the file is read. */
  choose: string
  reading: string
  busy: boolean
  onFile: (file: File) => void
}

interface FileInputProps {
  input: RefObject<HTMLInputElement | null>
  label: string
  onFile: (file: File) => void
}

/** The browser's own way to a file, opened by a button beside it; the same file may be chosen again. */
export function FileInput({ input, label, onFile }: FileInputProps) {
  return (
    <input
      ref={input}
      className={css.file}
      type="file"
      aria-label={label}
      tabIndex={-1}
      accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      onChange={(event) => {
        const [file] = event.currentTarget.files ?? []
        if (file) onFile(file)
        event.currentTarget.value = ''
      }}
    />
  )
}

/** The first step of whatever is written from a spreadsheet: what it takes, and the file. */
export function FileChoice({ title, what, rules, beside, choose, reading, busy, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Card title={title}>
      <Stack gap={4}>
        <p>{what}</p>
        <ul className={css.rules}>
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <FileInput input={input} label={choose} onFile={onFile} />
        <Row>
          {beside}
          <Button look="primary" icon="upload" busy={busy} onClick={() => input.current?.click()}>
            {busy ? reading : choose}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}
