import { Dialog } from '@moinha/ui'
import { useState } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from './change-over.module.css'
import { type Colleague, ColleagueList, PinEntry } from './colleagues.tsx'

/** Beside the sign-in of staff: those whose PIN brings them back on this device today; on any other device, nothing. */
export function TodayHere() {
  const people = useRead('identity.changeOverChoices').data?.people ?? []
  const [chosen, setChosen] = useState<Colleague | null>(null)
  if (people.length === 0) return null
  return (
    <section className={css.today}>
      <h2 className={css.todayTitle}>{t('identity.changeOver.today')}</h2>
      <ColleagueList people={people} onChoose={setChosen} />
      <Dialog
        open={chosen !== null}
        onClose={() => setChosen(null)}
        title={t('identity.changeOver.title')}
        closeLabel={t('do.close')}
      >
        {chosen && <PinEntry own={null} person={chosen} onBack={() => setChosen(null)} />}
      </Dialog>
    </section>
  )
}
