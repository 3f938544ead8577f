import type { Channel, RemoteMode } from './records/index.ts'

const atADistance = ['video', 'voice', 'chat'] as const
/**
 * How the practitioner who answers and the patient meet, in each mode: remote care is care without direct contact (Law
 * 15/2023/QH15 Art. 2(19); REQ-TELE-01, REQ-TELE-05). In support and teleconsult the side that has the patient before it
 * meets in person, the side that supports it does not.
 */
export const channelsOf: Readonly<Record<RemoteMode, readonly Channel[]>> = {
  IN_PERSON: ['in_person'],
  DIRECT_TO_PATIENT: atADistance,
  VIA_RECEIVING_FACILITY: atADistance,
  HEALTH_ADVICE: atADistance,
  INTER_FACILITY_SUPPORT: ['in_person', ...atADistance],
  TELECONSULT: ['in_person', ...atADistance],
}
