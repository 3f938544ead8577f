import { UnlockForm } from '../parts/unlock-form.tsx'

/** In the dialog in which something is signed. */
export default function UnlockPanel({ onUnlocked }: { onUnlocked: () => void }) {
  return <UnlockForm onUnlocked={onUnlocked} />
}
