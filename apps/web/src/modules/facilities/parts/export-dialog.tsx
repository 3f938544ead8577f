import { Dialog, LinkButton, Stack } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { codeName } from '../data.ts'

const sheets = ['units', 'placements', 'support_links', 'identifiers'] as const

interface ExportDialogProps {
  open: boolean
  onClose: () => void
  unitId: string
  unitName: string
}

/** Downloads of one branch: a workbook with everything, or one csv at a time. */
export function ExportDialog({ open, onClose, unitId, unitName }: ExportDialogProps) {
  const address = (query: string) => `/api/facilities/${unitId}/export?${query}`
  return (
    <Dialog open={open} onClose={onClose} title={t('facilities.export.title')} closeLabel={t('do.close')}>
      <Stack gap={4}>
        <p>{t('facilities.export.lead', { unit: unitName })}</p>
        <LinkButton look="primary" icon="download" href={address('format=xlsx')} download onClick={onClose}>
          {t('facilities.export.xlsx')}
        </LinkButton>
        <p>{t('facilities.export.orCsv')}</p>
        <Stack gap={2}>
          {sheets.map((sheet) => (
            <LinkButton
              key={sheet}
              icon="download"
              href={address(`format=csv&sheet=${sheet}`)}
              download
              onClick={onClose}
            >
              {codeName('sheet', sheet)}
            </LinkButton>
          ))}
        </Stack>
      </Stack>
    </Dialog>
  )
}
