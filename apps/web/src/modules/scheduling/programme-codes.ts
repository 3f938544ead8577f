/** What an appointment may be for, beside an illness. */
export const programmes = ['antenatal', 'hypertension', 'child_health', 'other'] as const
