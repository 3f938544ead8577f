import { LinkButton, PageHeader, Row, SelectField } from '@moinha/ui'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { SheetView } from './sheet-view.tsx'

interface Props {
  document: ReplyOf<'records.readDocument'>
  back: { href: string; label: string }
  /** Where this version is to be had as a PDF. */
  pdf: (paper: 'a4' | 'a5') => string
  onVersion?: (version: number) => void
}

function VersionChoice({ document, onVersion }: Required<Pick<Props, 'document' | 'onVersion'>>) {
  return (
    <Row>
      <SelectField
        label={t('records.document.versions')}
        value={String(document.version)}
        onText={(text) => onVersion(Number(text))}
      >
        {document.versions.map((one) => (
          <option key={one} value={one}>
            {t('records.document.version', { version: one })}
          </option>
        ))}
      </SelectField>
    </Row>
  )
}

/** A filed document with its way back, its versions and printing. */
export function DocumentSheet({ document, back, pdf, onVersion }: Props) {
  return (
    <>
      <div data-no-print>
        <PageHeader
          title={document.patientName}
          back={back}
          lead={t('records.document.filed', { at: formatDateTime(document.createdAt), unit: document.facilityName })}
          actions={
            <>
              <LinkButton look="primary" icon="download" href={pdf('a4')} download>
                {t('records.document.pdf')}
              </LinkButton>
              <LinkButton icon="download" href={pdf('a5')} download>
                {t('records.document.pdfSmall')}
              </LinkButton>
            </>
          }
        />
        {onVersion && document.versions.length > 1 && <VersionChoice document={document} onVersion={onVersion} />}
      </div>
      <SheetView title={document.title} sheet={document.sheet} />
    </>
  )
}
