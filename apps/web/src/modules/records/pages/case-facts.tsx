import { FactsPanel } from '../facts/facts-panel.tsx'

/** In a case of the upper level: what is known of the patient, as soon as the station writes it. */
export default function FactsOfCase({ patientId }: { patientId: string }) {
  return <FactsPanel patientId={patientId} />
}
