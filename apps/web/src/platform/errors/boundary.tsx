import { Button, EmptyState } from '@moinha/ui'
import { Component, type ReactNode } from 'react'
import { t } from '../i18n/index.ts'

interface Props {
  /** Changes when the person goes elsewhere: then the fault is forgotten. */
  place: string
  /** A faulty part vanishes instead of taking the page's room. */
  quiet?: boolean
  children: ReactNode
}

/** A fault of one page stays on that page; menus go on working. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: true } {
    return { failed: true }
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: false })
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return this.props.quiet ? null : <PageFault />
  }
}

/** A page that broke or did not arrive. */
export function PageFault({ onRetry }: { onRetry?: () => void }) {
  return (
    <EmptyState
      picture="road"
      title={t('fault.title')}
      actions={
        <Button look="primary" icon="refresh" onClick={onRetry ?? (() => location.reload())}>
          {t('do.retry')}
        </Button>
      }
    >
      {t('fault.text')}
    </EmptyState>
  )
}
