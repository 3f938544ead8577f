export default function RoomModePage() {
  return null
}
