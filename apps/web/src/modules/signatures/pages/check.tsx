import { Card, PageHeader, Row, Stack } from '@moinha/ui'
import type { CheckedDocument } from '@moinha/contracts/signatures'
import { useState } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { CheckResult } from '../parts/check-result.tsx'
import { FileButton } from '../parts/file-button.tsx'
import { sendPdf } from '../send-pdf.ts'

export const served: ServedPage = {
  head: () => ({ title: t('signatures.check.title'), description: t('signatures.check.lead') }),
}

function useChecking() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [checked, setChecked] = useState<{ name: string; document: CheckedDocument } | null>(null)
  const check = async (file: File): Promise<void> => {
    setBusy(true)
    setProblem(null)
    setChecked(null)
    try {
      setChecked({ name: file.name, document: await sendPdf(file) })
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, checked, check }
}

/** Anybody checks a signed document: whose signatures hold, and on which bytes. */
export default function CheckPage() {
  const { busy, problem, checked, check } = useChecking()
  return (
    <>
      <PageHeader title={t('signatures.check.title')} lead={t('signatures.check.lead')} />
      <Stack gap={4}>
        <Card>
          <Stack>
            <p>{t('signatures.check.how')}</p>
            <Row>
              <FileButton
                label={t('signatures.check.choose')}
                accept=".pdf,application/pdf"
                look="primary"
                busy={busy}
                onFile={(file) => void check(file)}
              />
            </Row>
          </Stack>
        </Card>
        <ProblemNotice error={problem} />
        {checked && <CheckResult name={checked.name} document={checked.document} />}
      </Stack>
    </>
  )
}
