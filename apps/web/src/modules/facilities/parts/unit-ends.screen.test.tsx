import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { queryClient } from '../../../platform/api/index.ts'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import type { Unit } from '../data.ts'
import { EndUnit } from './tree-forms.tsx'

const unit = { id: ids.facility, shortName: 'TYT Pờ Y', version: 3, beneath: 0 } as unknown as Unit

it('a unit that changed while its end was typed is looked at first; once told, the end is meant', async () => {
  let arrives: (read: Unit) => void = () => undefined
  function Page() {
    const [read, setRead] = useState(unit)
    arrives = setRead
    return <EndUnit unit={read} onClose={onClose} />
  }
  const onClose = vi.fn()
  const readAgain = vi.spyOn(queryClient, 'invalidateQueries')
  const user = openPart(<Page />)
  await user.click(await screen.findByRole('checkbox'))
  const date = screen.getByRole('textbox', { name: /^Không còn từ ngày/ })
  await user.type(date, '01/12/2026')
  arrives({ ...unit, version: 4 })
  refuse('facilities.endUnit', 'CHANGED_MEANWHILE')
  const go = screen.getAllByRole('button').at(-1) as HTMLElement
  await user.click(go)
  expect(await screen.findByRole('alert')).toBeVisible()
  expect(readAgain).toHaveBeenCalled()
  answer('facilities.endUnit', { done: true })
  await user.click(go)
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(sentTo('facilities.endUnit').map(({ body }) => body.version)).toEqual([3, 4])
})
