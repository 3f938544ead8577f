import { useState } from 'react'

/** Where somebody is between a chosen file and what came of it; a step that fails leaves them where they were. */
export function useSteps<S>(first: S) {
  const [step, setStep] = useState(first)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const attempt = async (work: () => Promise<S>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      setStep(await work())
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { step, setStep, busy, problem, attempt }
}
