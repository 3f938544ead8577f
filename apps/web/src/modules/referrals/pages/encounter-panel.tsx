import { Button, Card, LinkButton, List, Row } from '@moinha/ui'
import { useState } from 'react'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useSlips } from '../data.ts'
import { RevisitDialog } from '../parts/revisit-dialog.tsx'
import { SlipOfVisit } from '../parts/slip-row.tsx'

interface EncounterPanelProps {
  encounterId: string
  open: boolean
}

/** Beside an encounter: its slips, and the ways to a new one. Who comes again is asked to once the course is over. */
export default function EncounterPanel({ encounterId, open }: EncounterPanelProps) {
  useLanguage()
  const [asking, setAsking] = useState(false)
  const { data } = useSlips({ box: 'outgoing', state: 'open', encounterId })
  const slips = data?.items ?? []
  const comesAgain = slips.some((slip) => slip.kind === 'revisit' && slip.state !== 'cancelled')
  return (
    <Card title={t('referrals.encounter.title')}>
      {slips.length > 0 && (
        <List label={t('referrals.encounter.title')}>
          {slips.map((slip) => (
            <SlipOfVisit key={slip.id} slip={slip} />
          ))}
        </List>
      )}
      <Row>
        <LinkButton icon="send" href={`/work/referrals/new?encounterId=${encounterId}`}>
          {t('referrals.encounter.transfer')}
        </LinkButton>
        {!open && !comesAgain && (
          <Button icon="calendar" onClick={() => setAsking(true)}>
            {t('referrals.encounter.revisit')}
          </Button>
        )}
      </Row>
      {asking && <RevisitDialog encounterId={encounterId} onClose={() => setAsking(false)} />}
    </Card>
  )
}
