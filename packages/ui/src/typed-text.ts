import { useState } from 'react'

interface Typed {
  value: string
  onText: (value: string) => void
  /** The program's form → the screen's. */
  show: (value: string) => string
  /** The value of a text that cannot go on to mean something else. */
  complete: (text: string) => string | undefined
  /** The value of a finished text, read forgivingly; undefined where it cannot be understood. */
  read: (text: string) => string | undefined
}

/**
 * Keeps what is typed apart from what it means. While a text cannot be understood the owner holds the text itself: then
 * the server refuses it and nothing is lost unsaid, where an empty value would be taken for "not given".
 */
export function useTypedText({ value, onText, show, complete, read }: Typed) {
  const [draft, setDraft] = useState({ text: show(value), told: value, before: value })
  // The owner may keep its value (a page that goes only to whole days): what is typed stays until it is left.
  const text = value === draft.told || value === draft.before ? draft.text : show(value)
  const tell = (shown: string, meant: string): void => {
    setDraft({ text: shown, told: meant, before: value })
    if (meant !== value) onText(meant)
  }
  return {
    text,
    type: (typed: string) => tell(typed, complete(typed) ?? typed.trim()),
    /** The field is left, or Enter pressed: read it forgivingly and write it the usual way. */
    settle: () => {
      const meant = read(text)
      if (text.trim() === '') setDraft({ text: show(value), told: value, before: value })
      else if (meant !== undefined) tell(show(meant), meant)
    },
    set: (meant: string) => tell(show(meant), meant),
  }
}
