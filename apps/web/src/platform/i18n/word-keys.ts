import type audit from '../../modules/audit/words/vi.json'
import type calls from '../../modules/calls/words/vi.json'
import type consults from '../../modules/consults/words/vi.json'
import type facilities from '../../modules/facilities/words/vi.json'
import type identity from '../../modules/identity/words/vi.json'
import type indicators from '../../modules/indicators/words/vi.json'
import type meetings from '../../modules/meetings/words/vi.json'
import type news from '../../modules/news/words/vi.json'
import type operations from '../../modules/operations/words/vi.json'
import type signatures from '../../modules/signatures/words/vi.json'
import type prescriptions from '../../modules/prescriptions/words/vi.json'
import type programmes from '../../modules/programmes/words/vi.json'
import type records from '../../modules/records/words/vi.json'
import type referrals from '../../modules/referrals/words/vi.json'
import type roster from '../../modules/roster/words/vi.json'
import type scheduling from '../../modules/scheduling/words/vi.json'
import type platform from '../words/vi.json'

/** Every key of every dictionary, so that `t()` takes no other; one line a module. */
export type WordKey =
  | keyof typeof platform
  | keyof typeof identity
  | keyof typeof facilities
  | keyof typeof calls
  | keyof typeof programmes
  | keyof typeof records
  | keyof typeof prescriptions
  | keyof typeof referrals
  | keyof typeof consults
  | keyof typeof roster
  | keyof typeof scheduling
  | keyof typeof meetings
  | keyof typeof news
  | keyof typeof indicators
  | keyof typeof audit
  | keyof typeof operations
  | keyof typeof signatures
