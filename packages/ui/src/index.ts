export { Button, type ButtonLook, type ButtonProps, LinkButton, type LinkButtonProps } from './button.tsx'
export { CheckboxField, type Choice, RadioGroup } from './choice-fields.tsx'
export { cx } from './cx.ts'
export { BrandMark, WovenBand } from './brand.tsx'
export { DateField, DateTimeField, isDateTime, TimeField } from './date-field.tsx'
export { isDay, isTime } from './day-text.ts'
export { ConfirmDialog, Dialog } from './dialog.tsx'
export { EmptyState, type PictureName } from './empty-state.tsx'
export { FieldError } from './field.tsx'
export { type FieldLocale, FieldLocaleContext } from './field-locale.ts'
export { Icon } from './icon.tsx'
export type { IconName } from './icon-paths.ts'
export { Notice, type Tone } from './notice.tsx'
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
export { type TabLink, Tabs } from './tabs.tsx'
export { SearchField, SelectField, TextArea, TextField } from './text-fields.tsx'
export { type Toast, toast, ToastRegion } from './toast.tsx'
export { ProgressBar, Skeleton } from './waiting.tsx'
