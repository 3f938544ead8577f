import { Button } from '@moinha/ui'
import { useRef } from 'react'
import css from './signatures.module.css'

interface Props {
  label: string
  accept: string
  busy?: boolean
  look?: 'primary'
  onFile: (file: File) => void
}

/** Chooses one file. */
export function FileButton({ label, accept, busy = false, look, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        className={css.file}
        type="file"
        aria-label={label}
        tabIndex={-1}
        accept={accept}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          event.currentTarget.value = ''
        }}
      />
      <Button {...(look && { look })} icon="upload" busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
