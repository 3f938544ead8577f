import type { SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import { Fragment } from 'react'
import { QrPicture } from '../../../platform/qr/qr-picture.tsx'
import { formatDate, formatDateTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import css from './sheet-view.module.css'

type Part<T extends SheetPart['type']> = Extract<SheetPart, { type: T }>

function textOf(value: SheetValue): string {
  if (typeof value === 'string') return value
  if ('day' in value) return formatDate(value.day)
  return 'at' in value ? formatDateTime(value.at) : inLanguage(value.names)
}

function Lines({ lines }: Part<'lines'>) {
  return (
    <dl className={css.lines}>
      {lines.map((line, at) => (
        <div key={at} className={css.line}>
          <dt>{inLanguage(line.label)}</dt>
          <dd>{line.values.map(textOf).join(line.between)}</dd>
        </div>
      ))}
    </dl>
  )
}

function People({ people }: Part<'people'>) {
  return (
    <ul className={css.members}>
      {people.map((one, at) => (
        <li key={at}>
          <strong>{one.name}</strong> <span className={css.soft}>{one.about.map(textOf).join(' · ')}</span>
          {one.text && <p className={css.text}>{one.text}</p>}
        </li>
      ))}
    </ul>
  )
}

function Answers({ answers }: Part<'answers'>) {
  return (
    <dl className={css.answers}>
      {answers.map((one, at) => (
        <Fragment key={at}>
          <dt>{one.asked}</dt>
          <dd className={css.text}>{one.answered}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Table({ columns, rows }: Part<'table'>) {
  return (
    <div className={css.wide}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col">
                {inLanguage(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, no) => (
            <tr key={no}>
              {row.map((value, at) => (
                <td key={at}>{textOf(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Signatures({ signatures, hash }: Part<'signatures'>) {
  return (
    <>
      <ul className={css.signatures}>
        {signatures.map((one, at) => (
          <li key={at}>
            <span className={css.soft}>{inLanguage(one.as)}</span>
            <strong>{one.name}</strong>
            <span className={css.soft}>{one.at ? formatDateTime(one.at) : t('records.document.notSigned')}</span>
          </li>
        ))}
      </ul>
      {hash && (
        <p className={css.hash}>
          {t('records.document.hash')} {hash.slice(0, 16)}…
        </p>
      )}
    </>
  )
}

function Code({ code, text }: Part<'code'>) {
  return (
    <div className={css.code}>
      <QrPicture text={code} label={code} />
      <p>
        <strong>{code}</strong>
        <br />
        {inLanguage(text)}
      </p>
    </div>
  )
}

function inside(part: SheetPart) {
  switch (part.type) {
    case 'lines':
      return <Lines {...part} />
    case 'text':
      return part.text ? <p className={css.text}>{part.text}</p> : null
    case 'people':
      return <People {...part} />
    case 'answers':
      return <Answers {...part} />
    case 'code':
      return <Code {...part} />
    case 'table':
      return <Table {...part} />
    case 'signatures':
      return <Signatures {...part} />
  }
}

/** A filed document as a sheet of paper, also when printed: whatever its kind, its module made the parts. */
export function SheetView({ title, sheet }: { title: string; sheet: readonly SheetPart[] }) {
  return (
    <article className={css.sheet}>
      <h1 className={css.title}>{title}</h1>
      {sheet.map((part, at) => (
        <section key={at} className={css.part}>
          {'title' in part && <h2>{inLanguage(part.title)}</h2>}
          {inside(part)}
        </section>
      ))}
    </article>
  )
}
