import { Button } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'

/** Does this device have a voice of the language? Voices arrive late in some browsers. */
function useVoice(lang: 'vi' | 'en'): SpeechSynthesisVoice | undefined {
  const find = (): SpeechSynthesisVoice | undefined =>
    typeof speechSynthesis === 'undefined'
      ? undefined
      : speechSynthesis.getVoices().find((voice) => voice.lang.startsWith(lang))
  const [voice, setVoice] = useState(find)
  useEffect(() => {
    if (typeof speechSynthesis === 'undefined') return
    const again = (): void => setVoice(find())
    speechSynthesis.addEventListener('voiceschanged', again)
    return () => speechSynthesis.removeEventListener('voiceschanged', again)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `find` depends on `lang` alone
  }, [lang])
  return voice
}

/** Reads the message aloud with the device's own voice, for whoever reads slowly; absent where there is no such voice. */
export function ListenButton({ text, lang }: { text: string; lang: 'vi' | 'en' }) {
  const voice = useVoice(lang)
  const [speaking, setSpeaking] = useState(false)
  useEffect(
    () => () => {
      if (voice) speechSynthesis.cancel()
    },
    [voice],
  )
  if (!voice) return null
  const speak = (): void => {
    speechSynthesis.cancel()
    if (speaking) return setSpeaking(false)
    const words = new SpeechSynthesisUtterance(text)
    words.voice = voice
    words.lang = voice.lang
    words.rate = 0.9
    words.onend = () => setSpeaking(false)
    setSpeaking(true)
    speechSynthesis.speak(words)
  }
  return (
    <Button icon="sound" aria-pressed={speaking} onClick={speak}>
      {t(speaking ? 'news.message.stop' : 'news.message.listen')}
    </Button>
  )
}
