export { Button, LinkButton } from './button.tsx'
export { CheckboxField, RadioGroup } from './choice-fields.tsx'
export { cx } from './cx.ts'
export { BrandMark, WovenBand } from './brand.tsx'
export { DateField, DateTimeField, TimeField } from './date-field.tsx'
export { isDay, isTime } from './day-text.ts'
export { ConfirmDialog, Dialog } from './dialog.tsx'
export { EmptyState } from './empty-state.tsx'
export { type FieldLocale, FieldLocaleContext } from './field-locale.ts'
export { Icon } from './icon.tsx'
export type { IconName } from './icon-paths.ts'
export { Notice } from './notice.tsx'
export {
  Avatar,
  Badge,
  type BadgeTone,
  Card,
  initialsOf,
  List,
  ListRow,
  PageHeader,
  Row,
  Stack,
  StatusTag,
  VisuallyHidden,
} from './surface.tsx'
export { type Column, Table } from './table.tsx'
export { Tabs } from './tabs.tsx'
export { SearchField, SelectField, TextArea, TextField } from './text-fields.tsx'
export { toast, ToastRegion } from './toast.tsx'
export { Skeleton } from './waiting.tsx'
