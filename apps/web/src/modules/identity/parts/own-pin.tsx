import { Button, Stack, TextField } from '@moinha/ui'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'

/** As in the contract. */
export const pinLength = { least: 4, most: 6 }
export const onlyDigits = (text: string): string => text.replace(/\D/g, '').slice(0, pinLength.most)
export const isWholePin = (pin: string): boolean => pin.length >= pinLength.least

/** Typing begins at once: a dialog that opens takes the focus to its cross otherwise. */
export function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => form.current?.querySelector('input')?.focus())
    return () => clearTimeout(timer)
  }, [])
  return form
}

/** A PIN of one's own for today, on this device. Typed twice: nobody sees it. */
export function OwnPin({ again, onSet }: { again: boolean; onSet: () => void }) {
  const [pin, setPin] = useState('')
  const [repeat, setRepeat] = useState('')
  const sending = useSend('identity.setPin')
  const form = useFirstField()
  const differs = repeat.length >= pin.length && repeat !== pin
  const submit = async (): Promise<void> => {
    if (await sending.run({ body: { pin } })) onSet()
  }
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isWholePin(pin) && repeat === pin) void submit()
      }}
    >
      <Stack gap={4}>
        <p>{again ? t('identity.pin.renewLead') : t('identity.pin.lead')}</p>
        <PinField label={t('identity.pin.own')} hint={t('identity.pin.hint')} value={pin} onPin={setPin} />
        <PinField
          label={t('identity.pin.repeat')}
          value={repeat}
          onPin={setRepeat}
          error={differs && t('identity.pin.differs')}
        />
        <ProblemNotice error={sending.problem} />
        <Button type="submit" look="primary" wide busy={sending.busy} disabled={!isWholePin(pin) || repeat !== pin}>
          {t('identity.pin.save')}
        </Button>
      </Stack>
    </form>
  )
}

interface PinFieldProps {
  label: string
  hint?: string
  value: string
  onPin: (pin: string) => void
  error?: string | false
}

function PinField({ label, hint, value, onPin, error = false }: PinFieldProps) {
  return (
    <TextField
      label={label}
      {...(hint !== undefined && { hint })}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={pinLength.most}
      value={value}
      onText={(text) => onPin(onlyDigits(text))}
      error={error}
    />
  )
}
