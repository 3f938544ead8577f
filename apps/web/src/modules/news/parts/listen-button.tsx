import { Button } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'

/** Does this device have a voice of the language? Voices arrive late in some browsers. */
function useVoice(lang: 'vi' | 'en'): SpeechSynthesisVoice | undefined {
  const [voice, setVoice] = useState<SpeechSynthesisVoice>()
  useEffect(() => {
    if (typeof speechSynthesis === 'undefined') return
    const again = (): void => setVoice(speechSynthesis.getVoices().find((one) => one.lang.startsWith(lang)))
    again()
    speechSynthesis.addEventListener('voiceschanged', again)
    return () => speechSynthesis.removeEventListener('voiceschanged', again)
  }, [lang])
  return voice
}

/**
 * Reads the message aloud with the device's own voice, for whoever reads slowly; absent where there is no such voice.
 */
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
